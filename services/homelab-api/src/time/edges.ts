import { dayEdges, hourEdges, hourMs } from '@homelab/heat-pump';
import type { Range } from './parameters.ts';

const maxRemembered = 200;
const remembered = new Map<string, readonly number[]>();

/** The full hours of UTC that enclose a range. */
export function hoursOf({ fromMs, toMs }: Range): readonly number[] {
  return hourEdges(fromMs, toMs);
}

/**
 * The local midnights that enclose a range. Finding those of a year takes longer than reading
 * its rows, and a year until now is the same from hour to hour.
 */
export function daysOf(
  { fromMs, toMs }: Range,
  timeZone: string,
): readonly number[] {
  // No midnight lies within a quarter of an hour that begins at one.
  const step = hourMs / 4;
  const from = Math.floor(fromMs / step) * step;
  const to = Math.ceil(toMs / step) * step;
  const key = `${timeZone} ${from} ${to}`;
  let edges = remembered.get(key);
  if (edges === undefined) {
    edges = dayEdges(from, to, timeZone);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, edges);
  }
  return edges;
}
