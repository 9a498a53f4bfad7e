/** Gives the time of the house for a wall-clock time; it never goes back. */
export type HouseClock = (wallMs: number) => number;

/**
 * Creates a clock that agrees with the wall clock at `fromMs` and runs `speed` times as
 * fast from there. It stands still while the wall clock is set back.
 */
export function createHouseClock(options: {
  fromMs: number;
  speed: number;
}): HouseClock {
  const { fromMs, speed } = options;
  let latestMs = fromMs;
  return wallMs => {
    latestMs = Math.max(latestMs, fromMs + speed * (wallMs - fromMs));
    return latestMs;
  };
}
