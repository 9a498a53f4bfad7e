import type { Range } from '../time/parameters.ts';
import type { OutdoorHour } from './outdoor-hours.ts';

/** Further away than this, degrees, a day is not similar. */
const maxDifference = 1.5;
const maxDays = 5;

/** A part of a day with its mean outdoor temperature, °C. */
export interface DayPart extends Range {
  readonly outdoorTemp: number;
}

/**
 * The earlier days whose outdoor temperature was nearest to that of the last one, each over its
 * part; at most five, nearest first. `today` is the temperature of the last one.
 */
export function similarDays(
  hours: readonly OutdoorHour[],
  parts: readonly Range[],
): { today: number | null; days: DayPart[] } {
  const means = parts.map(part => ({
    ...part,
    outdoorTemp: meanOf(hours, part),
  }));
  const today = means.at(-1)?.outdoorTemp ?? null;
  if (today === null) return { today, days: [] };
  const distance = ({ outdoorTemp }: DayPart) => Math.abs(outdoorTemp - today);
  const days = means
    .slice(0, -1)
    .filter((part): part is DayPart => part.outdoorTemp !== null)
    .filter(part => distance(part) <= maxDifference)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, maxDays);
  return { today, days };
}

function meanOf(
  hours: readonly OutdoorHour[],
  { fromMs, toMs }: Range,
): number | null {
  let [sum, count] = [0, 0];
  for (const hour of hours) {
    if (hour.bucket_ms < fromMs || hour.bucket_ms >= toMs) continue;
    sum += hour.sum;
    count += hour.n;
  }
  return count === 0 ? null : sum / count;
}
