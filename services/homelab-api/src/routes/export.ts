import { Readable } from 'node:stream';
import { z } from 'zod';
import { csvLine } from '../export/csv.ts';
import { exportColumns, readRows } from '../export/read-rows.ts';
import type { ExportedRow } from '../export/read-rows.ts';
import { defineRoute } from '../http/define-route.ts';
import type { Services } from '../services.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { deviceParameters, requireDevice } from './device-parameters.ts';

const formats = {
  csv: { contentType: 'text/csv; charset=utf-8', ending: 'csv' },
  jsonl: { contentType: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
} as const;

const { from, to } = rangeParameters;

const exportReadings = defineRoute({
  operationId: 'exportReadings',
  path: '/api/v1/devices/{stream}/{deviceId}/export',
  summary: 'Every stored reading of a device in a range, as CSV or JSON lines',
  description:
    'A stream of any length, in the order of device time. Text that a spreadsheet would take for a formula begins with an apostrophe in CSV. When the export fails on its way, the connection is cut.',
  tag: 'Devices',
  scope: 'readings:export',
  params: deviceParameters,
  query: z.strictObject({
    from,
    to,
    format: z.enum(['csv', 'jsonl']).default('csv'),
  }),
  answer: ['text/csv', 'application/jsonl'],
  problems: ['invalid_range', 'device_unknown', 'exports_busy'],
  async handle({ params, query }, services) {
    const { stream, deviceId } = params;
    const range = readRange(query, {
      nowMs: services.now(),
      defaultDays: 1,
      maxDays: 40_000,
    });
    await requireDevice(services.database, stream, deviceId);
    const done = services.exportSlots.take();
    const columns = exportColumns(stream);
    const rows = readRows(services.database, { stream, deviceId, range });
    const body = Readable.from(lines(rows, query.format, columns, services), {
      objectMode: false,
      highWaterMark: 65_536,
    });
    // Whether it was read to its end or the client has gone.
    body.once('close', done);
    return {
      contentType: formats[query.format].contentType,
      fileName: `${stream}.${formats[query.format].ending}`,
      body,
    };
  },
});

export const exportRoutes = [exportReadings];

async function* lines(
  batches: AsyncIterable<readonly ExportedRow[]>,
  format: keyof typeof formats,
  columns: readonly string[],
  { metrics }: Services,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns);
  for await (const rows of batches) {
    metrics.exportedRows.inc(rows.length);
    yield rows
      .map(row =>
        format === 'csv'
          ? csvLine(columns.map(name => row[name]))
          : `${JSON.stringify(row)}\n`,
      )
      .join('');
  }
}
