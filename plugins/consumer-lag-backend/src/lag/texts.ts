/** An offset or a count as answers have it; null for none. */
export function toText(value: bigint | null): string | null {
  return value === null ? null : String(value);
}

/** A time as answers have it; null for none. */
export function toInstant(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
