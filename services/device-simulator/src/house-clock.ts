/** The time of the house by the time on the wall; it never goes back. */
export type HouseClock = (wallMs: number) => number;

/**
 * Creates a clock that shows the same time as the wall at `fromMs` and runs `speed`
 * times as fast from there. When the wall clock is set back it stands still.
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
