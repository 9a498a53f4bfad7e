const stepMs = 5_000;

/** Rounds a time to steps, so that hundreds of ages are not redrawn every second. */
export function inSteps(nowMs: number): number {
  return Math.floor(nowMs / stepMs) * stepMs;
}
