import type { Stream } from '@homelab/telemetry';

/** Where a message must end up once it was acknowledged to its publisher. */
export type Fate = 'stored' | 'dead-lettered';

/** A message that was published at least once. */
export interface LedgerEntry {
  readonly number: number;
  readonly mqttTopic: string;
  readonly payload: Buffer;
  /** The key of its reading; absent when it is none. */
  readonly reading?: ReadingKey;
  readonly fate: Fate;
  /** The publisher received its PUBACK. */
  acknowledged: boolean;
}

/** Who measured and when. */
export interface ReadingKey {
  readonly stream: Stream;
  readonly deviceId: string;
  readonly measuredAtMs: number;
}

/** A row of a table. */
export interface StoredRow extends ReadingKey {
  /** The number that the reading carries as its value. */
  readonly number: number | undefined;
}

/** A record in a dead-letter topic. */
export interface DeadLetter {
  /** The stream whose dead-letter topic it is in; absent for that of unknown messages. */
  readonly stream: Stream | undefined;
  readonly stage: string;
  readonly code: string;
  readonly value: Buffer;
}

/** What went wrong; every list is empty when nothing did. */
export interface Verdict {
  /** Acknowledged to the publisher but missing. */
  readonly lost: readonly string[];
  /** In the table more than once. */
  readonly doubled: readonly string[];
  /** Stored instead of dead-lettered, or the reverse, or both. */
  readonly misplaced: readonly string[];
  /** Stored under its key with another value. */
  readonly altered: readonly string[];
  /** In a table or a dead-letter topic, but never published. */
  readonly foreign: readonly string[];
}

/** The verdict on a run in which nothing went wrong. */
export const clean: Verdict = {
  lost: [],
  doubled: [],
  misplaced: [],
  altered: [],
  foreign: [],
};

/**
 * Compares the published messages with stored rows and dead letters. An unacknowledged message
 * may or may not have arrived; an acknowledged one must be where it belongs, once. A dead
 * letter may occur twice, because each hop may repeat.
 */
export function judge(
  entries: readonly LedgerEntry[],
  rows: readonly StoredRow[],
  letters: readonly DeadLetter[],
): Verdict {
  const byKey = new Map<string, LedgerEntry>();
  const byBytes = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    if (entry.reading) byKey.set(keyOf(entry.reading), entry);
    byBytes.set(entry.payload.toString('latin1'), entry);
  }
  const storedCount = new Map<LedgerEntry, number>();
  const lettered = new Set<LedgerEntry>();
  const verdict = {
    lost: new Array<string>(),
    doubled: new Array<string>(),
    misplaced: new Array<string>(),
    altered: new Array<string>(),
    foreign: new Array<string>(),
  };
  for (const row of rows) {
    const entry = byKey.get(keyOf(row));
    if (entry === undefined) {
      verdict.foreign.push(`row ${keyOf(row)}`);
      continue;
    }
    storedCount.set(entry, (storedCount.get(entry) ?? 0) + 1);
    if (row.number !== entry.number)
      verdict.altered.push(`${nameOf(entry)} holds ${row.number}`);
  }
  for (const letter of letters) {
    const entry = entryOf(letter, byKey, byBytes);
    if (entry === undefined)
      verdict.foreign.push(
        `dead letter ${letter.code} ${letter.value.toString().slice(0, 80)}`,
      );
    else lettered.add(entry);
  }
  for (const entry of entries) {
    const count = storedCount.get(entry) ?? 0;
    const name = nameOf(entry);
    if (count > 1) verdict.doubled.push(`${name} ${count} times`);
    if (count > 0 && (entry.fate !== 'stored' || lettered.has(entry)))
      verdict.misplaced.push(`${name} is stored`);
    else if (lettered.has(entry) && entry.fate !== 'dead-lettered')
      verdict.misplaced.push(`${name} is dead-lettered`);
    else if (count === 0 && !lettered.has(entry) && entry.acknowledged)
      verdict.lost.push(name);
  }
  return verdict;
}

/** A dead letter of the bridge contains the original message, one of the sink the record of its reading. */
function entryOf(
  letter: DeadLetter,
  byKey: ReadonlyMap<string, LedgerEntry>,
  byBytes: ReadonlyMap<string, LedgerEntry>,
): LedgerEntry | undefined {
  const { stage, stream, value } = letter;
  if (stage !== 'sink' || stream === undefined)
    return byBytes.get(value.toString('latin1'));
  const reading: Record<string, string> = JSON.parse(String(value));
  const deviceId = reading.device_id ?? '';
  const measuredAtMs = Date.parse(reading.timestamp ?? '');
  return byKey.get(keyOf({ stream, deviceId, measuredAtMs }));
}

function keyOf({ stream, deviceId, measuredAtMs }: ReadingKey): string {
  return `${stream} ${deviceId} ${measuredAtMs}`;
}

/** How the lists of a {@link Verdict} call a message. */
export function nameOf({ number, mqttTopic }: LedgerEntry): string {
  return `${mqttTopic} number ${number}`;
}

/** The verdict with a few examples of each kind, and their number. */
export function summarise(verdict: Verdict, examples = 5): Verdict {
  const short = (names: readonly string[]) =>
    names.length <= examples
      ? names
      : [
          ...names.slice(0, examples),
          `and ${names.length - examples} more of ${names.length}`,
        ];
  return {
    lost: short(verdict.lost),
    doubled: short(verdict.doubled),
    misplaced: short(verdict.misplaced),
    altered: short(verdict.altered),
    foreign: short(verdict.foreign),
  };
}
