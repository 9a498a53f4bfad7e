import type { Band } from '@homelab/heat-pump';
import { formatClock, formatDuration } from '@homelab/portal-react/ui';

/**
 * How long an event lasted, and whether that is known: `10 min`, `at least 10 min`,
 * `for 10 min now`, or `on at the last reading, 12:28` when a single reading tells of it.
 *
 * @param options.isLast - nothing later is known, and the heat pump still sends readings
 */
export function lengthWords(
  band: Pick<Band, 'from' | 'to' | 'openStart' | 'openEnd'>,
  options: { isLast: boolean; timeZone: string },
): string {
  const { openStart, openEnd, from, to } = band;
  const lengthMs = Date.parse(to) - Date.parse(from);
  const isOpen = openStart || openEnd;
  if (lengthMs === 0 && isOpen) {
    return `on at the last reading, ${formatClock(to, options.timeZone)}`;
  }
  const length = formatDuration(lengthMs);
  if (openEnd && options.isLast) {
    return openStart ? `for more than ${length} now` : `for ${length} now`;
  }
  return isOpen ? `at least ${length}` : length;
}
