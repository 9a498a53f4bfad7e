import type { OutgoingRecord } from '../types.ts';

/** Far below the 1 MiB that a broker accepts per batch by default. */
const usualMaxBytes = 256 * 1024;

/**
 * Splits records, in order, into batches small enough for a broker. A single record
 * beyond the limit gets a batch of its own.
 */
export function batchesOf<R extends OutgoingRecord>(
  records: readonly R[],
  limits: { maxBytes?: number; maxRecords?: number } = {},
): R[][] {
  const { maxBytes = usualMaxBytes, maxRecords = Infinity } = limits;
  const batches: R[][] = [];
  let batch: R[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOfRecord(record);
    const isFull = batch.length >= maxRecords || bytes + size > maxBytes;
    if (batch.length > 0 && isFull) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** The size of a record's key, value and headers in bytes. */
export function sizeOfRecord({
  key,
  value,
  headers = {},
}: OutgoingRecord): number {
  let bytes = byteLength(key) + byteLength(value);
  // Not Object.entries: the bridge calls this for every record.
  for (const name in headers)
    bytes += name.length + byteLength(headers[name] ?? null);
  return bytes;
}

function byteLength(part: Buffer | string | null): number {
  return part === null ? 0 : Buffer.byteLength(part);
}
