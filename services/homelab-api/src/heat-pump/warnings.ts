import { activeWarnings, eventTitles } from '@homelab/heat-pump';
import type { HeatPumpWarning } from '@homelab/homelab-api-client';
import type { ZoneTime } from '../time/zone-time.ts';
import type { HeatPumpLog } from './follow-heat-pump.ts';

/**
 * What the log warns of, the newest first. The last one of its kind is active while it is still
 * the case at the last reading.
 */
export function warningsOf(
  log: HeatPumpLog,
  zone: ZoneTime,
): HeatPumpWarning[] {
  const active = new Set(activeWarnings(log.state));
  return log.events
    .filter(({ severity }) => severity !== 'info')
    .toReversed()
    .map(({ kind, severity, atMs, evidence }) => ({
      kind,
      severity,
      at: zone.format(atMs),
      // Older ones of the same kind have ended.
      active: active.delete(kind),
      title: eventTitles[kind],
      evidence,
    }));
}
