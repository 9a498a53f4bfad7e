import {
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  temperatureDeviceReadingSchema,
} from '@homelab/heat-pump';
import { z } from 'zod';

const arrival = {
  receivedAt: z.iso
    .datetime()
    .describe('When the reading arrived, or an upper bound'),
};

/**
 * The newest reading of a device, with what is needed to judge its age. Fields that are unknown
 * or were not subscribed to are left out of a frame and `null` once parsed.
 */
export const liveReadingSchema = z.discriminatedUnion('stream', [
  energyDeviceReadingSchema.extend(arrival),
  heatpumpDeviceReadingSchema.extend(arrival),
  temperatureDeviceReadingSchema.extend(arrival),
]);

export type LiveReading = z.infer<typeof liveReadingSchema>;
