import type { AbortedTransaction, FetchedBatch } from './answers';
import type { PeekedRecord } from './types';

/* eslint-disable no-bitwise -- the attributes of a batch are bits */
const isLogAppendTime = 1 << 3;
const isTransactional = 1 << 4;
const isControl = 1 << 5;
const abortMarker = 0;

/** Records of some batches, and where to continue. */
export interface SelectedRecords {
  readonly records: readonly PeekedRecord[];
  /** Null when there were no batches. */
  readonly nextOffset: bigint | null;
  /** Bytes of the batches on the wire. */
  readonly bytes: number;
}

/**
 * Selects the records of fetched batches from an offset up to, not including, an end. Leaves
 * out transaction markers and aborted records. The first batch may begin before the offset:
 * brokers send whole batches.
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
 * Tells for each batch, in order, whether to leave it out. An aborted transaction begins at its
 * first offset and ends with its marker; in between, all transactional batches of its producer
 * belong to it.
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

/** The key of a marker holds its version and type. */
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
