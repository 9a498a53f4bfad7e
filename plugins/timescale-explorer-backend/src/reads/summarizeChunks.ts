import type { Chunk } from '@homelab/plugin-timescale-explorer-common';

const dayMs = 86_400_000;
const recentMs = 30 * dayMs;

/** What follows for a hypertable from its chunks, the oldest first. */
export function summarizeChunks(chunks: readonly Chunk[], nowMs: number) {
  const closed = chunks.filter(
    ({ to }) => to !== null && Date.parse(to) <= nowMs,
  );
  const ends = chunks.flatMap(({ to }) => to ?? []).sort();
  return {
    chunks: chunks.length,
    columnstoreChunks: chunks.filter(({ state }) => state !== 'rowstore')
      .length,
    bytes: bytesOf(chunks),
    medianChunkBytes: medianOf(closed.map(({ bytes }) => bytes)),
    bytesPerDay: growthOf(closed, nowMs),
    oldestAt: chunks.find(({ from }) => from !== null)?.from ?? null,
    newestAt: ends.at(-1) ?? null,
  };
}

const bytesOf = (chunks: readonly Chunk[]) =>
  chunks.reduce((sum, { bytes }) => sum + bytes, 0);

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Bytes per day of the closed chunks of the last 30 days. */
function growthOf(closed: readonly Chunk[], nowMs: number): number | null {
  const recent = closed.filter(
    ({ to }) => to !== null && Date.parse(to) > nowMs - recentMs,
  );
  const froms = recent.flatMap(({ from }) => (from ? Date.parse(from) : []));
  const tos = recent.flatMap(({ to }) => (to ? Date.parse(to) : []));
  const days = (Math.max(...tos) - Math.min(...froms)) / dayMs;
  return days > 0 ? bytesOf(recent) / days : null;
}
