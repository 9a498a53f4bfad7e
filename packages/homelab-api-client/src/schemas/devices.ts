import { freshnesses } from '@homelab/heat-pump';
import { streams } from '@homelab/telemetry';
import { z } from 'zod';

/** A device with stored readings. */
export const deviceSchema = z.object({
  stream: z.enum(streams),
  deviceId: z.string(),
  lastReadingAt: z.iso
    .datetime()
    .describe(
      'When its newest reading was made; for a clock that runs ahead, when that arrived',
    ),
  state: z
    .enum(freshnesses)
    .describe(
      'Judged by the age of its newest reading: stale after three of its usual intervals, then offline',
    ),
  staleAfterMs: z.number().describe('From this age on it is stale'),
  offlineAfterMs: z.number().describe('From this age on it is offline'),
  clockAhead: z
    .object({ measuredAt: z.iso.datetime(), receivedAt: z.iso.datetime() })
    .nullable()
    .describe(
      'The times of a reading that the device has dated in the future, while it is the latest; else null',
    ),
});

/** Answer of `GET /api/v1/devices`: one page. */
export const devicesSchema = z.object({
  devices: z.array(deviceSchema),
  nextCursor: z
    .string()
    .nullable()
    .describe('Pass it as `cursor` to get the next page; null on the last one'),
});

/** A page of devices. */
export type DevicesPage = z.infer<typeof devicesSchema>;
