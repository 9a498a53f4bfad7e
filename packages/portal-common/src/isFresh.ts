/**
 * Whether something found at `atMs` is still valid. Times in the future, as after the clock was set
 * back, are not: they would be valid until the clock reaches them again.
 */
export function isFresh(
  atMs: number,
  { nowMs, forMs }: { readonly nowMs: number; readonly forMs: number },
): boolean {
  const ageMs = nowMs - atMs;
  return ageMs >= 0 && ageMs < forMs;
}
