/** Below this, a bar stands for less than its day, and that is said. */
const wholeCoverage = 0.99;

const daysWords = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/**
 * What the bars of days do not show: how many are estimated, and how many stand for a part of the
 * day; empty when none is.
 */
export function energyWords(
  days: readonly { timestamp: string; estimated: boolean; coverage: number }[],
): string {
  const count = (isOne: (day: (typeof days)[number]) => boolean) =>
    new Set(days.filter(isOne).map(({ timestamp }) => timestamp)).size;
  const estimated = count(day => day.estimated);
  const partial = count(
    ({ coverage }) => coverage > 0 && coverage < wholeCoverage,
  );
  return [
    estimated > 0 && `Partly estimated: ${daysWords(estimated)}.`,
    partial > 0 && `Readings for a part only: ${daysWords(partial)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
