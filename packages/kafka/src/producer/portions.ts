import type { OutgoingRecord } from '../types.ts';

/** Far below the 1 MiB that a broker takes in one batch of records by default. */
const usualMaxBytes = 256 * 1024;

/**
 * Cuts records into portions, in their order, that a broker takes in one go. A single
 * record beyond the limit goes alone.
 */
export function portionsOf<R extends OutgoingRecord>(
  records: readonly R[],
  limits: { maxBytes?: number; maxRecords?: number } = {},
): R[][] {
  const { maxBytes = usualMaxBytes, maxRecords = Infinity } = limits;
  const portions: R[][] = [];
  let portion: R[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOfRecord(record);
    const isFull = portion.length >= maxRecords || bytes + size > maxBytes;
    if (portion.length > 0 && isFull) {
      portions.push(portion);
      portion = [];
      bytes = 0;
    }
    portion.push(record);
    bytes += size;
  }
  if (portion.length > 0) portions.push(portion);
  return portions;
}

/** The bytes of a record's own parts. */
export function sizeOfRecord({
  key,
  value,
  headers = {},
}: OutgoingRecord): number {
  let bytes = byteLength(key) + byteLength(value);
  // Not Object.entries: the bridge asks for every record.
  for (const name in headers)
    bytes += name.length + byteLength(headers[name] ?? null);
  return bytes;
}

function byteLength(part: Buffer | string | null): number {
  return part === null ? 0 : Buffer.byteLength(part);
}
