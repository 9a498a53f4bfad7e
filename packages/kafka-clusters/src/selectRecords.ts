import type { AbortedTransaction, FetchedBatch } from './answers';
import type { PeekedRecord } from './types';

/* eslint-disable no-bitwise -- a batch keeps its kind in bits */
const isLogAppendTime = 1 << 3;
const isTransactional = 1 << 4;
const isControl = 1 << 5;
const abortMarker = 0;

/** Records of some batches, and where to read on. */
export interface SelectedRecords {
  readonly records: readonly PeekedRecord[];
  /** Null when the batches brought nothing to go on from. */
  readonly nextOffset: bigint | null;
  /** Bytes of the batches on the wire. */
  readonly bytes: number;
}

/**
 * Takes the records from an offset on and before an end out of fetched batches. Leaves out
 * the markers of transactions and what was aborted. The first batch may begin before the
 * offset: brokers send whole batches.
 */
export function selectRecords(
  batches: readonly FetchedBatch[],
  options: {
    readonly fromOffset: bigint;
    readonly endOffset: bigint;
    readonly aborted: readonly AbortedTransaction[];
  },
): SelectedRecords {
  const { fromOffset, endOffset } = options;
  const isAborted = followTransactions(options.aborted);
  const records: PeekedRecord[] = [];
  let nextOffset: bigint | null = null;
  let bytes = 0;
  for (const batch of batches) {
    const lastOffset = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    nextOffset = lastOffset + 1n;
    bytes += batch.length;
    if (isAborted(batch, lastOffset)) continue;
    for (const record of batch.records) {
      const offset = batch.firstOffset + BigInt(record.offsetDelta);
      if (offset >= fromOffset && offset < endOffset)
        records.push(toRecord(batch, record, offset));
    }
  }
  return { records, nextOffset, bytes };
}

/**
 * Tells of batches, asked in order, whether they hold nothing to show. A transaction that was
 * aborted begins at its first offset and ends with its marker; until then all that its
 * producer sent as part of a transaction belongs to it.
 */
function followTransactions(
  aborted: readonly AbortedTransaction[],
): (batch: FetchedBatch, lastOffset: bigint) => boolean {
  const waiting = [...aborted].sort((a, b) =>
    a.firstOffset < b.firstOffset ? -1 : 1,
  );
  const open = new Set<bigint>();
  return (batch, lastOffset) => {
    while (waiting.length > 0 && waiting[0].firstOffset <= lastOffset)
      open.add(waiting.shift()!.producerId);
    if (batch.attributes & isControl) {
      if (isAbortMarker(batch)) open.delete(batch.producerId);
      return true;
    }
    return (batch.attributes & isTransactional) !== 0
      ? open.has(batch.producerId)
      : false;
  };
}

/** The key of a marker is its version and its kind. */
function isAbortMarker({ records }: FetchedBatch): boolean {
  const key = records[0]?.key;
  return !!key && key.length >= 4 && key.readInt16BE(2) === abortMarker;
}

function toRecord(
  batch: FetchedBatch,
  record: FetchedBatch['records'][number],
  offset: bigint,
): PeekedRecord {
  const timestamp =
    batch.attributes & isLogAppendTime
      ? batch.maxTimestamp
      : batch.firstTimestamp + record.timestampDelta;
  return {
    offset,
    timestampMs: Number(timestamp),
    key: record.key,
    value: record.value,
    headers: record.headers.map(([key, value]) => ({
      key: key?.toString('utf8') ?? '',
      value: value ?? Buffer.alloc(0),
    })),
  };
}
