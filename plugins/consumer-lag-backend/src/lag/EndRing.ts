import type { TimeLag } from '@homelab/plugin-consumer-lag-common';

/** The end offset of a partition at a time. */
interface EndPoint {
  readonly end: bigint;
  readonly atMs: number;
}

/**
 * Remembers how the end offset of a partition grew, to tell when a record arrived. Shared by all
 * groups that read the partition. Arrivals between two points are interpolated linearly, so they
 * are off by at most one poll interval.
 */
export class EndRing {
  private points: EndPoint[] = [];
  private movedAt: number | undefined;

  /**
   * Adds the end offset at a time. An older time is ignored; a smaller end starts over. When
   * full, the older half is thinned out.
   */
  observe(end: bigint, atMs: number, maxPoints = 1_000): void {
    const last = this.points.at(-1);
    if (last && atMs <= last.atMs) return;
    if (last && end < last.end) this.clear();
    if (last && end > last.end) this.movedAt = atMs;
    const [before, newest] = this.points.slice(-2);
    // The first and last point of a quiet period are enough.
    if (before?.end === end && newest?.end === end) this.points.pop();
    this.points.push({ end, atMs });
    if (this.points.length > maxPoints) this.thin();
  }

  /** Forgets everything, when the Kafka topic was recreated. */
  clear(): void {
    this.points = [];
    this.movedAt = undefined;
  }

  /** The number of points. */
  get size(): number {
    return this.points.length;
  }

  /** When the end last grew, as far as observed. */
  get movedAtMs(): number | undefined {
    return this.movedAt;
  }

  /**
   * The age of the oldest unread record, which is at `next`. Never extrapolates: before the first
   * point it is a lower bound.
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

  /** Undefined when the record arrived before the first point. */
  private arrivalOf(offset: bigint): number | undefined {
    const { points } = this;
    if (offset < points[0].end) return undefined;
    let [low, high] = [0, points.length - 1];
    // The last point whose end is not beyond the record: in a flat run the later one.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (points[middle].end <= offset) low = middle;
      else high = middle - 1;
    }
    const [before, after] = [points[low], points[low + 1]];
    const share = Number(offset - before.end) / Number(after.end - before.end);
    return before.atMs + share * (after.atMs - before.atMs);
  }

  /** Drops every second point of the older half, so that older history is coarser. */
  private thin(): void {
    const half = this.points.length / 2;
    this.points = this.points.filter(
      (_, index) => index >= half || index % 2 === 0,
    );
  }
}

const unknown: TimeLag = { kind: 'unknown', ms: null };
