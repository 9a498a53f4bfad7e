/** Clocks of producers may be ahead of ours by this much. */
const maxAheadMs = 24 * 60 * 60_000;

/**
 * The time that a record holds, if it can be meant as one: old producers write -1, and some
 * count in nanoseconds.
 */
export function timeInRecord(
  { timestampMs }: { readonly timestampMs: number },
  nowMs: number,
): number | null {
  return timestampMs > 0 && timestampMs <= nowMs + maxAheadMs
    ? timestampMs
    : null;
}
