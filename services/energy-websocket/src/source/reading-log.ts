import type { LiveReading, Position } from '@homelab/live-client';

/** What was missed since a position, or why that is not known. */
export type Missed =
  | { readonly ok: true; readonly readings: readonly LiveReading[] }
  | {
      readonly ok: false;
      readonly reason: 'position_too_old' | 'position_unknown' | 'ahead';
    };

interface Entry {
  readonly partition: string;
  readonly offset: bigint;
  readonly reading: LiveReading;
}

/** The last readings of a stream, in the order in which they were read, and how far that is. */
export interface ReadingLog {
  /** Begins anew: what is read from here on belongs to this epoch. */
  begin(
    epoch: string,
    partitions: readonly {
      readonly partition: number;
      readonly offset: string;
    }[],
  ): void;
  append(partition: number, offset: string, reading: LiveReading): void;
  /** Notes that everything before an offset was read. */
  advance(partition: number, nextOffset: string): void;
  position(): Position;
  /**
   * What came after a position. `position_too_old`: more than is remembered; `position_unknown`:
   * of another epoch; `ahead`: of records that were not read here yet.
   */
  after(position: Position): Missed;
}

/** Creates a log that remembers at most `max` readings. */
export function createReadingLog(options: { max: number }): ReadingLog {
  const { max } = options;
  let epoch = '';
  let entries: Entry[] = [];
  /** Where the remembered entries begin; those before are forgotten in blocks. */
  let start = 0;
  /** Everything after this offset is remembered, or changed nothing. */
  let forgotten = new Map<string, bigint>();
  let read = new Map<string, bigint>();

  function forgetOldest(): void {
    const entry = entries[start];
    if (entry === undefined) return;
    forgotten.set(entry.partition, entry.offset);
    start += 1;
    if (start <= 1_024 || start < entries.length / 2) return;
    entries = entries.slice(start);
    start = 0;
  }

  return {
    begin(newEpoch, partitions) {
      epoch = newEpoch;
      entries = [];
      start = 0;
      forgotten = new Map();
      read = new Map();
      for (const { partition, offset } of partitions) {
        forgotten.set(String(partition), BigInt(offset) - 1n);
        read.set(String(partition), BigInt(offset) - 1n);
      }
    },
    append(partition, offset, reading) {
      entries.push({
        partition: String(partition),
        offset: BigInt(offset),
        reading,
      });
      if (entries.length - start > max) forgetOldest();
    },
    advance(partition, nextOffset) {
      read.set(String(partition), BigInt(nextOffset) - 1n);
    },
    position() {
      const offsets: Record<string, string> = {};
      for (const [partition, offset] of read)
        if (offset >= 0n) offsets[partition] = String(offset);
      return { epoch, offsets };
    },
    after(position) {
      if (position.epoch !== epoch)
        return { ok: false, reason: 'position_unknown' };
      const from = new Map(
        Object.entries(position.offsets).map(([partition, offset]) => [
          partition,
          BigInt(offset),
        ]),
      );
      for (const [partition, offset] of from) {
        const known = read.get(partition);
        if (known === undefined || offset > known)
          return { ok: false, reason: 'ahead' };
      }
      // A partition that the client does not name was empty when it read.
      for (const [partition, offset] of forgotten)
        if ((from.get(partition) ?? -1n) < offset)
          return { ok: false, reason: 'position_too_old' };
      const readings: LiveReading[] = [];
      for (let at = start; at < entries.length; at += 1) {
        const entry = entries[at];
        if (entry && entry.offset > (from.get(entry.partition) ?? -1n))
          readings.push(entry.reading);
      }
      return { ok: true, readings };
    },
  };
}
