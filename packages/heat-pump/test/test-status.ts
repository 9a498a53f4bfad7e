import { heatpumpStatusSchema } from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';

/** A heat pump reading for tests: nothing is known but what is given. */
export function testStatus(
  known: Partial<HeatpumpStatus> = {},
): HeatpumpStatus {
  return heatpumpStatusSchema.parse({
    timestamp: '2026-01-12T06:31:00Z',
    device_id: 'pump-1',
    ...known,
  });
}
