/** How far producers' clocks may be ahead of this one. */
const maxAheadMs = 24 * 60 * 60_000;

/**
 * The timestamp of a record, if plausible: old producers write -1, and some write nanoseconds.
 */
export function timeInRecord(
  { timestampMs }: { readonly timestampMs: number },
  nowMs: number,
): number | null {
  return timestampMs > 0 && timestampMs <= nowMs + maxAheadMs
    ? timestampMs
    : null;
}
