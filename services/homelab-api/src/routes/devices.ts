import { freshnessOf } from '@homelab/heat-pump';
import type { FreshnessLimits } from '@homelab/heat-pump';
import { deviceSchema, devicesSchema } from '@homelab/homelab-api-client';
import {
  clockAheadMs,
  deviceIdSchema,
  maxDeviceIdLength,
  streams,
} from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { devicesSql } from '@homelab/timescale-schema';
import { z } from 'zod';
import type { Database, Statement } from '../database/database.ts';
import { defineRoute } from '../http/define-route.ts';
import { ProblemError } from '../http/problems.ts';

const maxPage = 500;

const querySchema = z.strictObject({
  stream: z.enum(streams).optional().describe('Only devices of this stream'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxPage)
    .default(100)
    .describe('Maximum number of devices in the answer'),
  cursor: z
    .string()
    .max(4 * maxDeviceIdLength)
    .optional()
    .describe('`nextCursor` of the previous page'),
});

interface DeviceRow {
  device_id: string;
  as_of: Date;
  furthest_time: Date;
  furthest_received: Date;
}

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    { name: `devices-${stream}`, text: devicesSql(stream) },
  ]),
) as Record<Stream, Statement>;

/** `GET /api/v1/devices`. */
const listDevices = defineRoute({
  operationId: 'listDevices',
  path: '/api/v1/devices',
  summary:
    'Devices with stored readings: when each last sent one, and its state',
  tag: 'Devices',
  query: querySchema,
  answer: devicesSchema,
  async handle({ query, spend }, { database, deviceLimits, now }) {
    const { limit, stream } = query;
    spend(limit);
    const start =
      query.cursor === undefined
        ? { stream: streams[0], deviceId: '' }
        : readCursor(query.cursor);
    const devices: z.input<typeof deviceSchema>[] = [];
    const from = streams.indexOf(start.stream);
    for (const one of streams.slice(from)) {
      if (stream !== undefined && one !== stream) continue;
      const after = one === start.stream ? start.deviceId : '';
      // One more than asked shows whether there is another page.
      const wanted = limit + 1 - devices.length;
      if (wanted <= 0) break;
      const rows = await readDevices(database, one, after, wanted);
      const limitsOf = await deviceLimits(one);
      for (const row of rows)
        devices.push(deviceOf(one, row, limitsOf(row.device_id), now()));
    }
    const page = devices.slice(0, limit);
    const last = page.at(-1);
    return {
      devices: page,
      nextCursor: devices.length > limit && last ? cursorOf(last) : null,
    };
  },
});

export const deviceRoutes = [listDevices];
export const deviceComponents = {
  Device: deviceSchema,
  Devices: devicesSchema,
};

function readDevices(
  database: Database,
  stream: Stream,
  after: string,
  limit: number,
): Promise<DeviceRow[]> {
  return database.rows<DeviceRow & Record<string, unknown>>(
    statements[stream],
    [limit, after],
  );
}

function deviceOf(
  stream: Stream,
  row: DeviceRow,
  limits: FreshnessLimits,
  nowMs: number,
): z.input<typeof deviceSchema> {
  const aheadMs = clockAheadMs({
    measuredMs: row.furthest_time.getTime(),
    receivedMs: row.furthest_received.getTime(),
  });
  return {
    stream,
    deviceId: row.device_id,
    lastReadingAt: row.as_of.toISOString(),
    state: freshnessOf(nowMs - row.as_of.getTime(), limits),
    ...limits,
    clockAhead:
      aheadMs === 0
        ? null
        : {
            measuredAt: row.furthest_time.toISOString(),
            receivedAt: row.furthest_received.toISOString(),
          },
  };
}

const cursorSchema = z.tuple([z.enum(streams), deviceIdSchema]);

function cursorOf(device: { stream: Stream; deviceId: string }): string {
  const text = JSON.stringify([device.stream, device.deviceId]);
  return Buffer.from(text).toString('base64url');
}

function readCursor(cursor: string): { stream: Stream; deviceId: string } {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [stream, deviceId] = cursorSchema.parse(JSON.parse(text));
    return { stream, deviceId };
  } catch {
    throw new ProblemError(
      'invalid_parameter',
      'cursor: it was not issued by this API',
      {
        errors: [
          {
            in: 'query',
            name: 'cursor',
            message: 'It was not issued by this API',
          },
        ],
      },
    );
  }
}
