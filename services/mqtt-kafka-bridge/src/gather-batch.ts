import { sizeOfRecord } from '@homelab/kafka';
import type { OutgoingRecord } from '@homelab/kafka';

/** The limits of one request to Kafka. */
export interface BatchLimits {
  readonly maxBatchRecords: number;
  /**
   * Below the broker's `message.max.bytes`, which also bounds a batch of records. A larger
   * record is sent alone: it is a dead letter, whose topic accepts larger ones.
   */
  readonly maxBatchBytes: number;
  /** How long the first record of a batch waits for others. */
  readonly lingerMs: number;
}

/** Records that are sent together, and the messages they came from. */
export interface Batch {
  readonly records: OutgoingRecord[];
  readonly sequences: number[];
}

/** Collects records into batches, in the order they were added. */
export interface Batcher {
  /** Adds the records of one message; they stay together in one batch. */
  add(sequence: number, records: readonly OutgoingRecord[]): void;
  /** Takes the oldest batch that is full or has waited long enough. */
  takeReady(): Batch | undefined;
  hasReady(): boolean;
  /** Makes all collected records ready now, and every later batch at once. */
  flush(): void;
  /** Ends the timer. May be called twice. */
  stop(): void;
}

interface OpenBatch extends Batch {
  bytes: number;
}

/** Bytes of a record on the wire besides its own: lengths, times, header names. */
const recordOverheadBytes = 128;

/** Creates a batcher; `onReady` is called when there is something to take. */
export function createBatcher(deps: {
  limits: BatchLimits;
  onReady: () => void;
}): Batcher {
  const { limits, onReady } = deps;
  const full: OpenBatch[] = [];
  let open: OpenBatch | undefined;
  /** The open batch has waited long enough; it may still grow until it is taken. */
  let isRipe = false;
  let timer: NodeJS.Timeout | undefined;
  let lingerMs = limits.lingerMs;

  /** Closes the open batch to further records. */
  function close(): void {
    clearTimeout(timer);
    timer = undefined;
    isRipe = false;
    if (open !== undefined) full.push(open);
    open = undefined;
  }

  function closeAndNotify(): void {
    close();
    onReady();
  }

  function ripen(): void {
    isRipe = open !== undefined;
    if (isRipe) onReady();
  }

  function isFull(batch: OpenBatch, more: number, moreBytes: number): boolean {
    return (
      batch.records.length + more > limits.maxBatchRecords ||
      batch.bytes + moreBytes > limits.maxBatchBytes
    );
  }

  return {
    add(sequence, records) {
      let bytes = 0;
      for (const record of records)
        bytes += recordOverheadBytes + sizeOfRecord(record);
      if (open !== undefined && isFull(open, records.length, bytes))
        closeAndNotify();
      if (open === undefined) {
        open = { records: [], sequences: [], bytes: 0 };
        timer = setTimeout(ripen, lingerMs);
      }
      for (const record of records) open.records.push(record);
      open.sequences.push(sequence);
      open.bytes += bytes;
      if (isFull(open, 1, 0)) closeAndNotify();
    },
    takeReady() {
      if (full.length === 0 && isRipe) close();
      return full.shift();
    },
    hasReady: () => full.length > 0 || isRipe,
    flush() {
      lingerMs = 0;
      ripen();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
