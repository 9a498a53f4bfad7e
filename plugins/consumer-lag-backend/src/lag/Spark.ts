import type { Spark as SparkData } from '@homelab/plugin-consumer-lag-common';

const stepMs = 60_000;
const steps = 60;

/** The greatest lag in each minute of the last hour. */
export class Spark {
  private readonly byStep = new Map<number, number>();

  observe(lag: bigint | null, atMs: number): void {
    if (lag === null) return;
    const step = Math.floor(atMs / stepMs);
    this.byStep.set(step, Math.max(this.byStep.get(step) ?? 0, Number(lag)));
    for (const old of this.byStep.keys())
      if (old <= step - steps) this.byStep.delete(old);
  }

  /** The hour up to a time, with the lag at that time. */
  until(atMs: number, lag: bigint | null): SparkData {
    this.observe(lag, atMs);
    const last = Math.floor(atMs / stepMs);
    const first = last - steps + 1;
    return {
      from: new Date(first * stepMs).toISOString(),
      stepMs,
      lag: Array.from(
        { length: steps },
        (_, index) => this.byStep.get(first + index) ?? null,
      ),
    };
  }
}
