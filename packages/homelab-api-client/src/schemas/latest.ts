import { readingSchemas } from '@homelab/telemetry';
import { z } from 'zod';

/** What the API adds to a reading. */
const clocks = {
  as_of: z.iso
    .datetime()
    .describe('What its age counts from: never later than it arrived'),
  received_at: z.iso
    .datetime()
    .describe('When it arrived; when it was stored, where that is not known'),
};

/** The newest reading of a device, by its stream. */
export const storedReadingSchemas = {
  energy: z.object({ ...readingSchemas.energy.shape, ...clocks }),
  heatpump: z.object({ ...readingSchemas.heatpump.shape, ...clocks }),
  temperature: z.object({ ...readingSchemas.temperature.shape, ...clocks }),
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
