/**
 * Whether what was found at a time still holds. After the clock went back nothing from its
 * future does: it would hold until the clock is there again.
 */
export function isFresh(
  atMs: number,
  { nowMs, forMs }: { readonly nowMs: number; readonly forMs: number },
): boolean {
  const ageMs = nowMs - atMs;
  return ageMs >= 0 && ageMs < forMs;
}
