import { freshnesses } from '@homelab/heat-pump';
import { readingSchemas } from '@homelab/telemetry';
import { z } from 'zod';

/** What the API adds to a reading. */
const added = {
  as_of: z.iso
    .datetime()
    .describe('What its age counts from: never later than it arrived'),
  received_at: z.iso
    .datetime()
    .describe('When it arrived; when it was stored, where that is not known'),
  state: z
    .enum(freshnesses)
    .describe(
      'Judged by its age: stale after three usual intervals of the device, then offline',
    ),
  stale_after_seconds: z.number().describe('From this age on it is stale'),
  offline_after_seconds: z.number().describe('From this age on it is offline'),
};

/** The newest reading of a device, by its stream. */
export const storedReadingSchemas = {
  energy: z.object({ ...readingSchemas.energy.shape, ...added }),
  heatpump: z.object({ ...readingSchemas.heatpump.shape, ...added }),
  temperature: z.object({ ...readingSchemas.temperature.shape, ...added }),
};

/** Answer of `GET /api/v1/devices/{stream}/{deviceId}/latest`. */
export const latestOfDeviceSchema = z.object({
  reading: z.union([
    storedReadingSchemas.heatpump,
    storedReadingSchemas.energy,
    storedReadingSchemas.temperature,
  ]),
});

/** The newest reading of a device of some stream. */
export type StoredReading = z.infer<typeof latestOfDeviceSchema>['reading'];
