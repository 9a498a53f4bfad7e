import type {
  Chunk,
  PolicyEdge,
} from '@homelab/plugin-timescale-explorer-common';
import type { TimeRange } from '@homelab/portal-react';

/** A chunk as a bar of the timeline. */
export interface ChunkBar {
  chunk: Chunk;
  fromMs: number;
  toMs: number;
  bytes: number;
  state: Chunk['state'];
}

const leastMs = 60_000;

/** From the first chunk to the last, and to the edges of policies between or near them. */
export function wholeRange(
  chunks: readonly Chunk[],
  edges: readonly PolicyEdge[],
): TimeRange {
  const bars = barsIn(chunks, { fromMs: -Infinity, toMs: Infinity });
  const fromMs = bars.reduce((low, bar) => Math.min(low, bar.fromMs), Infinity);
  const toMs = bars.reduce((high, bar) => Math.max(high, bar.toMs), -Infinity);
  if (fromMs === Infinity) return { fromMs: 0, toMs: leastMs };
  const lengthMs = toMs - fromMs;
  const near = edges
    .map(({ at }) => Date.parse(at))
    .filter(at => at > fromMs - lengthMs / 2 && at < toMs + lengthMs / 2);
  return {
    fromMs: Math.min(fromMs, ...near),
    toMs: Math.max(toMs, ...near),
  };
}

/** The chunks that have a time within a range. */
export function barsIn(
  chunks: readonly Chunk[],
  range: TimeRange,
): readonly ChunkBar[] {
  return chunks.flatMap(chunk => {
    if (chunk.from === null || chunk.to === null) return [];
    const fromMs = Date.parse(chunk.from);
    const toMs = Date.parse(chunk.to);
    if (toMs <= range.fromMs || fromMs >= range.toMs) return [];
    return [{ chunk, fromMs, toMs, bytes: chunk.bytes, state: chunk.state }];
  });
}

/** A smaller or larger range about a time, within the whole; null when it is the whole. */
export function zoomed(
  range: TimeRange,
  aboutMs: number | null,
  factor: number,
  whole: TimeRange,
): TimeRange | null {
  const lengthMs = Math.max(leastMs, (range.toMs - range.fromMs) * factor);
  if (lengthMs >= whole.toMs - whole.fromMs) return null;
  const middleMs = aboutMs ?? (range.fromMs + range.toMs) / 2;
  const fromMs = Math.min(
    Math.max(whole.fromMs, middleMs - lengthMs / 2),
    whole.toMs - lengthMs,
  );
  return { fromMs, toMs: fromMs + lengthMs };
}
