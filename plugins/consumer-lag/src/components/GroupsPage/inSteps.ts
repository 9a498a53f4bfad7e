const stepMs = 5_000;

/** A time that moves on in steps: ages in hundreds of rows need not be drawn every second. */
export function inSteps(nowMs: number): number {
  return Math.floor(nowMs / stepMs) * stepMs;
}
