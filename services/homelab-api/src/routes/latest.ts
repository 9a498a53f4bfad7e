import { freshnessOf } from '@homelab/heat-pump';
import type { FreshnessLimits } from '@homelab/heat-pump';
import {
  latestOfDeviceSchema,
  storedReadingSchemas,
} from '@homelab/homelab-api-client';
import { measurementsOf } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { z } from 'zod';
import { maxKnownDevices } from '../database/known-devices.ts';
import { readNewest } from '../database/read-newest.ts';
import type { NewestRow } from '../database/read-newest.ts';
import { defineRoute } from '../http/define-route.ts';
import { deviceParameters, unknownDevice } from './device-parameters.ts';

/** The route and the schemas of the newest readings of one stream. */
function latestOf<S extends Stream>(
  stream: S,
  words: { of: string; Name: string },
) {
  const readingSchema = storedReadingSchemas[stream];
  const answerSchema = z.object({
    data: z.array(readingSchema),
    truncated: z
      .boolean()
      .describe(`There are more than ${maxKnownDevices} devices`),
  });
  const fields = measurementsOf(stream).map(([name]) => name);
  const route = defineRoute({
    operationId: `latest${words.Name}`,
    path: `/api/v1/${stream}/latest`,
    summary: `The newest reading of each ${words.of}`,
    tag: words.Name,
    answer: answerSchema,
    async handle({ spend }, { database, knownDevices, deviceLimits, now }) {
      spend(100);
      const ids = await knownDevices(stream);
      const rows = await readNewest(
        database,
        stream,
        ids.slice(0, maxKnownDevices),
        now(),
      );
      const limitsOf = await deviceLimits(stream);
      const nowMs = now();
      const data = rows.map(row =>
        readingOf(row, fields, limitsOf(row.device_id), nowMs),
      );
      // Columns of the table are the fields of the schema; a test compares them.
      return { data, truncated: ids.length > maxKnownDevices } as z.input<
        typeof answerSchema
      > &
        object;
    },
  });
  return {
    route,
    components: {
      [`${words.Name}Reading`]: readingSchema,
      [`Latest${words.Name}`]: answerSchema,
    },
  };
}

function readingOf(
  row: NewestRow,
  fields: readonly string[],
  limits: FreshnessLimits,
  nowMs: number,
) {
  const reading: Record<string, unknown> = {
    timestamp: new Date(row.measured_ms).toISOString(),
    device_id: row.device_id,
  };
  for (const field of fields) reading[field] = row[field] ?? null;
  reading.as_of = new Date(row.as_of_ms).toISOString();
  reading.received_at = new Date(row.received_ms).toISOString();
  reading.state = freshnessOf(nowMs - row.as_of_ms, limits);
  reading.stale_after_seconds = limits.staleAfterMs / 1_000;
  reading.offline_after_seconds = limits.offlineAfterMs / 1_000;
  return reading;
}

const energy = latestOf('energy', { of: 'electricity meter', Name: 'Energy' });
const heatpump = latestOf('heatpump', { of: 'heat pump', Name: 'Heatpump' });
const temperature = latestOf('temperature', {
  of: 'room sensor',
  Name: 'Temperature',
});

const latestOfDevice = defineRoute({
  operationId: 'latestOfDevice',
  path: '/api/v1/devices/{stream}/{deviceId}/latest',
  summary: 'The newest reading of a device',
  tag: 'Devices',
  params: deviceParameters,
  answer: latestOfDeviceSchema,
  problems: ['device_unknown'],
  async handle({ params: { stream, deviceId }, spend }, services) {
    const { database, deviceLimits, now } = services;
    spend(10);
    const [row] = await readNewest(database, stream, [deviceId], now());
    if (row === undefined) throw unknownDevice(stream);
    const fields = measurementsOf(stream).map(([name]) => name);
    const limits = (await deviceLimits(stream))(deviceId);
    return { reading: readingOf(row, fields, limits, now()) } as z.input<
      typeof latestOfDeviceSchema
    >;
  },
});

export const latestRoutes = [
  latestOfDevice,
  energy.route,
  heatpump.route,
  temperature.route,
];
export const latestComponents: Record<string, z.ZodType> = {
  ...energy.components,
  ...heatpump.components,
  ...temperature.components,
  LatestOfDevice: latestOfDeviceSchema,
};
