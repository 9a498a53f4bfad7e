import { streams } from '@homelab/telemetry';
import { z } from 'zod';
import { zonedTimeSchema } from './time.ts';

const numbers = z.array(z.number().nullable());

/** Answer of `GET /api/v1/devices/{stream}/{deviceId}/series`: one column per field. */
export const seriesSchema = z.object({
  stream: z.enum(streams),
  deviceId: z.string(),
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  timeZone: z.string(),
  source: z
    .enum(['raw', 'hour', 'day'])
    .describe('What the points were computed from'),
  bucketSeconds: z
    .number()
    .nullable()
    .describe(
      'Width of a point; null for local days, which have 23 to 25 hours',
    ),
  time: z.array(zonedTimeSchema).describe('Start of each point with readings'),
  readings: z.array(z.number()).describe('Readings of each point'),
  estimated: numbers.describe(
    'How many of them hold an estimated value; null where not known',
  ),
  series: z.array(
    z.object({
      field: z.string(),
      unit: z.string(),
      mean: numbers.describe('Always null for counters in hours and days'),
      min: numbers,
      max: numbers,
    }),
  ),
  gaps: z
    .array(z.object({ from: zonedTimeSchema, to: zonedTimeSchema }))
    .describe('Periods without readings, longer than three usual intervals'),
  coverage: z.number().describe('Part of the range outside gaps, 0 to 1'),
});

/** Values of a device over time. */
export type Series = z.infer<typeof seriesSchema>;
