import type { TimeLag } from '@homelab/plugin-consumer-lag-common';

/** The end of a partition as it was at a time. */
interface EndPoint {
  readonly end: bigint;
  readonly atMs: number;
}

/**
 * Remembers how the end offset of a partition grew, to tell when a record arrived. One for all
 * groups that read the partition. An arrival between two points is taken to lie on the line
 * between them, so it is off by the time between two polls at most.
 */
export class EndRing {
  private points: EndPoint[] = [];
  private movedAt: number | undefined;

  /**
   * Notes the end offset at a time. An older time is ignored; a smaller end begins anew. With
   * more points than it may keep, the older half is thinned out.
   */
  observe(end: bigint, atMs: number, maxPoints = 1_000): void {
    const last = this.points.at(-1);
    if (last && atMs <= last.atMs) return;
    if (last && end < last.end) this.clear();
    if (last && end > last.end) this.movedAt = atMs;
    const [before, newest] = this.points.slice(-2);
    // While it is quiet the first and the last point of the rest say everything.
    if (before?.end === end && newest?.end === end) this.points.pop();
    this.points.push({ end, atMs });
    if (this.points.length > maxPoints) this.thin();
  }

  /** Forgets everything: the Kafka topic was made anew. */
  clear(): void {
    this.points = [];
    this.movedAt = undefined;
  }

  /** How many points it holds. */
  get size(): number {
    return this.points.length;
  }

  /** When the end was last seen to grow. */
  get movedAtMs(): number | undefined {
    return this.movedAt;
  }

  /**
   * How old the oldest unread record of a reader is whose next record is `next`.
   * Never extrapolates: before the first point it gives a lower bound.
   */
  timeLag(next: bigint, nowMs: number): TimeLag {
    const newest = this.points.at(-1);
    if (newest === undefined) return unknown;
    if (next >= newest.end) return { kind: 'caught-up', ms: 0 };
    if (this.points.length < 2) return unknown;
    const arrival = this.arrivalOf(next);
    return arrival === undefined
      ? { kind: 'at-least', ms: Math.max(0, nowMs - this.points[0].atMs) }
      : { kind: 'estimated', ms: Math.max(0, nowMs - arrival) };
  }

  /** Undefined when the record came before the first point. */
  private arrivalOf(offset: bigint): number | undefined {
    const { points } = this;
    if (offset < points[0].end) return undefined;
    let [low, high] = [0, points.length - 1];
    // The last point whose end is not beyond the record: the later one of a flat run.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (points[middle].end <= offset) low = middle;
      else high = middle - 1;
    }
    const [before, after] = [points[low], points[low + 1]];
    const share = Number(offset - before.end) / Number(after.end - before.end);
    return before.atMs + share * (after.atMs - before.atMs);
  }

  /** Keeps every second point of the older half: the further back, the coarser. */
  private thin(): void {
    const half = this.points.length / 2;
    this.points = this.points.filter(
      (_, index) => index >= half || index % 2 === 0,
    );
  }
}

const unknown: TimeLag = { kind: 'unknown', ms: null };
