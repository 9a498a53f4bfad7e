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

/** What is noted of a redriven letter, in the transaction that sends its record. */
const entrySchema = z.object({
  redriveId: z.string(),
  redrivenAt: z.iso.datetime(),
  /** The Kafka topic it was sent to. */
  target: z.string(),
  /**
   * The letter's own time. A dead-letter topic that was deleted and made anew counts its
   * offsets from 0 again: without this, other letters would be taken for redriven.
   */
  letterTimestampMs: z.number(),
});

/** What is noted when a redrive begins. */
const beginSchema = z.object({ begunAt: z.iso.datetime() }).loose();

/** How one letter was redriven last. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** Where a letter lies. */
type Place = Pick<ReadRecord, 'topic' | 'partition' | 'offset'>;

/** Which letters were redriven. */
export interface Ledger {
  /** How the letter was redriven last; undefined while it waits. */
  entryOf(letter: ReadRecord): LedgerEntry | undefined;
  /** How many letters of a topic a redrive has sent, by the Kafka topic they went to. */
  sentBy(redriveId: string, topic: string): Map<string, number>;
  /** Keys of notes that are about nothing any more. */
  staleKeys(
    topic: string,
    offsets: readonly PartitionOffsets[],
    nowMs: number,
  ): string[];
}

/** How long the note of a begun redrive is kept, for whoever asks what was done. */
const beginKeptMs = 90 * 24 * 60 * 60 * 1000;
const markerTimeoutMs = 30_000;
const markerPollMs = 50;

/** No Kafka topic has a colon in its name, so these keys are none of a letter. */
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

/** The note that a redrive begins or goes on: who, of what, when. */
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
 * Reads the ledger to its end. With the id of an attempt that has begun, to the note of
 * its beginning at least: Kafka acknowledges a transaction a moment before others see it.
 * With `orEmpty`, a ledger topic that does not exist is one without notes.
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

/** A ledger in which nothing is noted. */
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

/** A ledger that is read on from where it was read last. */
export interface LedgerFollower {
  /** The ledger as it is now; the same one as long as nothing is added. */
  current(): Promise<Ledger>;
}

/** Creates what follows a ledger; one that does not exist is one without notes. */
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

/** A note that nobody of ours wrote says nothing. */
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

/** By its code alone: a reader may have errors of its own kind. */
function isMissingTopic(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
  );
}

function notSeen(ledgerTopic: string): KafkaError {
  return new KafkaError(
    `The beginning of this redrive did not appear in ${ledgerTopic} within ${markerTimeoutMs / 1000} s, so nothing was sent; look whether Kafka is well and try again.`,
    { code: kafkaClientCodes.requestTimeout, retryable: true },
  );
}
