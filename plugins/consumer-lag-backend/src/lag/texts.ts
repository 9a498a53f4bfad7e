/** An offset or count for the HTTP interface. */
export function toText(value: bigint | null): string | null {
  return value === null ? null : String(value);
}

/** A time for the HTTP interface. */
export function toInstant(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
