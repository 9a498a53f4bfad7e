import { deviceIdSchema, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { deviceColumn, readingTables } from '@homelab/timescale-schema';
import { z } from 'zod';
import type { Database, Statement } from '../database/database.ts';
import { ProblemError } from '../http/problems.ts';

/** The path of a device: an id is unique within its stream only. */
export const deviceParameters = z.object({
  stream: z.enum(streams).describe('Stream of the device'),
  deviceId: deviceIdSchema.describe('Its id, percent-encoded'),
});

/** The path of a heat pump. */
export const heatPumpParameters = z.object({
  deviceId: deviceIdSchema.describe('Id of the heat pump, percent-encoded'),
});

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    {
      name: `device-${stream}`,
      text: `select 1 from ${readingTables[stream].name} where ${deviceColumn} = $1 limit 1`,
    },
  ]),
) as Record<Stream, Statement>;

/** Throws `device_unknown` when a device has no stored reading at all. */
export async function requireDevice(
  database: Database,
  stream: Stream,
  deviceId: string,
): Promise<void> {
  const rows = await database.rows(statements[stream], [deviceId]);
  if (rows.length === 0) throw unknownDevice(stream);
}

/** What is said of a device without a stored reading. */
export function unknownDevice(stream: Stream): ProblemError {
  return new ProblemError(
    'device_unknown',
    `No reading of the stream ${stream} comes from this device. /api/v1/devices lists those that are known.`,
  );
}
