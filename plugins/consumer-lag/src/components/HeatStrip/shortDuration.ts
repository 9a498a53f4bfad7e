const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in a single unit, for small cells: `0`, `9 min`, `2 d`. */
export function shortDuration(ms: number): string {
  if (ms < second) return ms === 0 ? '0 s' : '<1 s';
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}
