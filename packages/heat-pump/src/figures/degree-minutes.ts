/** Where the integral of every controller ends, in K·min. */
const bounds = { least: -3000, most: 100 } as const;

/**
 * Degree minutes after some time, as NIBE counts them: the integral of supply minus target
 * temperature while heating is allowed. Machines start at about -60, stop at 0, and add their
 * heater some 400 below. Unknown temperatures leave them as they are.
 */
export function stepDegreeMinutes(
  was: number,
  over: {
    minutes: number;
    supplyC: number | null;
    targetC: number | null;
    isHeatingAllowed: boolean;
  },
): number {
  const { minutes, supplyC, targetC, isHeatingAllowed } = over;
  if (!isHeatingAllowed || supplyC === null || targetC === null) return was;
  const sum = was + (supplyC - targetC) * minutes;
  return Math.min(bounds.most, Math.max(bounds.least, sum));
}
