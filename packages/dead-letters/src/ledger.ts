import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError, kafkaClientCodes } from '@homelab/kafka';
import type {
  KafkaAdmin,
  OutgoingRecord,
  PartitionOffsets,
  ReadRecord,
} from '@homelab/kafka';
import { z } from 'zod';
import type { RecordReader } from './read-places.ts';

/** The note about a redriven letter, written in the transaction that sends its record. */
const entrySchema = z.object({
  redriveId: z.string(),
  redrivenAt: z.iso.datetime(),
  /** The Kafka topic it was sent to. */
  target: z.string(),
  /**
   * The letter's own timestamp. A dead-letter topic that was deleted and recreated counts
   * offsets from 0 again: without this, other letters would be taken for redriven.
   */
  letterTimestampMs: z.number(),
});

/** The note written when a redrive begins. */
const beginSchema = z.object({ begunAt: z.iso.datetime() }).loose();

/** The latest redrive of one letter. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** The position of a letter. */
type Place = Pick<ReadRecord, 'topic' | 'partition' | 'offset'>;

/** Which letters were redriven. */
export interface Ledger {
  /** The letter's latest redrive; undefined while it waits. */
  entryOf(letter: ReadRecord): LedgerEntry | undefined;
  /** How many letters of a topic a redrive has sent, by target Kafka topic. */
  sentBy(redriveId: string, topic: string): Map<string, number>;
  /** Keys of obsolete notes. */
  staleKeys(
    topic: string,
    offsets: readonly PartitionOffsets[],
    nowMs: number,
  ): string[];
}

/** How long the note about a redrive is kept, as a record of what was done. */
const beginKeptMs = 90 * 24 * 60 * 60 * 1000;
const markerTimeoutMs = 30_000;
const markerPollMs = 50;

/** Topic names cannot contain a colon, so these keys never collide with those of letters. */
const beginKey = (attemptId: string) => `begin:${attemptId}`;

function letterKey({ topic, partition, offset }: Place): string {
  return `${topic}/${partition}/${offset}`;
}

/** The note that a letter is redriven. */
export function entryRecord(
  ledgerTopic: string,
  letter: ReadRecord,
  entry: Omit<LedgerEntry, 'letterTimestampMs'>,
): OutgoingRecord {
  const value: LedgerEntry = {
    ...entry,
    letterTimestampMs: letter.timestampMs,
  };
  return {
    topic: ledgerTopic,
    key: letterKey(letter),
    value: JSON.stringify(value),
  };
}

/** The note that a redrive begins or resumes: who, what, when. */
export function beginRecord(
  ledgerTopic: string,
  attemptId: string,
  begin: { begunAt: string } & Record<string, unknown>,
): OutgoingRecord {
  return {
    topic: ledgerTopic,
    key: beginKey(attemptId),
    value: JSON.stringify(begin),
  };
}

/**
 * Reads the ledger to its end. With the id of a started attempt, at least as far as its
 * start note: Kafka acknowledges a transaction a moment before it becomes visible. With
 * `orEmpty`, a missing ledger topic counts as empty.
 */
export async function readLedger(
  kafka: RecordReader,
  ledgerTopic: string,
  options: { throughBeginOf?: string; orEmpty?: boolean } = {},
): Promise<Ledger> {
  const { throughBeginOf } = options;
  const deadlineMs = Date.now() + markerTimeoutMs;
  for (;;) {
    const notes = await readNotes(kafka, ledgerTopic).catch(error => {
      if (options.orEmpty && isMissingTopic(error)) return new Map();
      throw error;
    });
    if (throughBeginOf === undefined || notes.has(beginKey(throughBeginOf)))
      return createLedger(notes);
    if (Date.now() > deadlineMs) throw notSeen(ledgerTopic);
    await delay(markerPollMs);
  }
}

/** An empty ledger. */
export const emptyLedger: Ledger = createLedger(new Map());

async function readNotes(
  kafka: RecordReader,
  ledgerTopic: string,
): Promise<Map<string, string>> {
  const notes = new Map<string, string>();
  await kafka.read({
    topics: [ledgerTopic],
    onRecords: async records => {
      takeNotes(notes, records);
      return 'more';
    },
  });
  return notes;
}

function takeNotes(
  notes: Map<string, string>,
  records: readonly ReadRecord[],
): void {
  for (const { key, value } of records) {
    if (key === null) continue;
    if (value === null) notes.delete(String(key));
    else notes.set(String(key), String(value));
  }
}

/** A ledger that is read incrementally. */
export interface LedgerFollower {
  /** The current ledger; the same object as long as nothing was added. */
  current(): Promise<Ledger>;
}

/** Creates a follower of a ledger; a missing ledger counts as empty. */
export function followLedger(
  kafka: RecordReader,
  admin: Pick<KafkaAdmin, 'topicOffsets'>,
  ledgerTopic: string,
): LedgerFollower {
  let notes = new Map<string, string>();
  let ends = new Map<number, bigint>();
  let ledger = emptyLedger;
  let reading: Promise<Ledger> | undefined;

  function forget(): void {
    notes = new Map();
    ends = new Map();
    ledger = emptyLedger;
  }

  async function readOn(offsets: readonly PartitionOffsets[]): Promise<Ledger> {
    const isMadeAnew = offsets.some(
      ({ partition, high }) => BigInt(high) < (ends.get(partition) ?? 0n),
    );
    if (isMadeAnew) forget();
    const added = offsets.filter(
      ({ partition, high }) => BigInt(high) > (ends.get(partition) ?? 0n),
    );
    if (added.length === 0) return ledger;
    await kafka.read({
      topics: [ledgerTopic],
      onlyNamed: true,
      from: added.map(({ partition, low }) => {
        const offset = String(ends.get(partition) ?? low);
        return { topic: ledgerTopic, partition, offset };
      }),
      to: added.map(({ partition, high }) => ({
        topic: ledgerTopic,
        partition,
        offset: high,
      })),
      onRecords: async records => {
        takeNotes(notes, records);
        return 'more';
      },
    });
    for (const { partition, high } of added) ends.set(partition, BigInt(high));
    ledger = createLedger(notes);
    return ledger;
  }

  async function read(): Promise<Ledger> {
    try {
      return await readOn(await admin.topicOffsets(ledgerTopic));
    } catch (error) {
      if (!isMissingTopic(error)) throw error;
      forget();
      return ledger;
    }
  }

  return {
    current() {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

function createLedger(notes: ReadonlyMap<string, string>): Ledger {
  return {
    entryOf(letter) {
      const note = notes.get(letterKey(letter));
      const entry = note === undefined ? undefined : parse(entrySchema, note);
      return entry?.letterTimestampMs === letter.timestampMs
        ? entry
        : undefined;
    },
    sentBy(redriveId, topic) {
      const sent = new Map<string, number>();
      for (const [key, note] of notes) {
        if (key.slice(0, key.indexOf('/')) !== topic) continue;
        const entry = parse(entrySchema, note);
        if (entry?.redriveId !== redriveId) continue;
        sent.set(entry.target, (sent.get(entry.target) ?? 0) + 1);
      }
      return sent;
    },
    staleKeys(topic, offsets, nowMs) {
      const lowOf = new Map(
        offsets.map(({ partition, low }) => [`${topic}/${partition}`, low]),
      );
      return [...notes].flatMap(([key, note]) => {
        const cut = key.lastIndexOf('/');
        const low = lowOf.get(key.slice(0, cut));
        const isStale =
          low === undefined
            ? isOldBegin(key, note, nowMs)
            : BigInt(key.slice(cut + 1)) < BigInt(low);
        return isStale ? [key] : [];
      });
    },
  };
}

function isOldBegin(key: string, note: string, nowMs: number): boolean {
  if (!key.startsWith(beginKey(''))) return false;
  const begin = parse(beginSchema, note);
  return begin !== undefined && nowMs - Date.parse(begin.begunAt) > beginKeptMs;
}

/** Ignores notes that we did not write. */
function parse<S extends z.ZodType>(
  schema: S,
  note: string,
): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(note)).data;
  } catch {
    return undefined;
  }
}

/** By code alone: a reader may have its own error class. */
function isMissingTopic(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
  );
}

function notSeen(ledgerTopic: string): KafkaError {
  return new KafkaError(
    `The start note of this redrive did not appear in ${ledgerTopic} within ${markerTimeoutMs / 1000} s, so nothing was sent; check that Kafka is healthy and try again.`,
    { code: kafkaClientCodes.requestTimeout, retryable: true },
  );
}
