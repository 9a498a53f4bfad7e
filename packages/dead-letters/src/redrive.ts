import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError, portionsOf, sizeOfRecord } from '@homelab/service-kit';
import type {
  KafkaAdmin,
  KafkaClient,
  OutgoingRecord,
  ReadRecord,
  TransactionalProducer,
} from '@homelab/service-kit';
import { beginRecord, entryRecord, readLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import { matches } from './letter-filter.ts';
import type { LetterFilter } from './letter-filter.ts';
import { recordOf } from './plan-redrive.ts';
import { redrivePlaces } from './redrive-places.ts';
import type { RedrivePlaces } from './redrive-places.ts';

export interface RedriveOptions {
  readonly kafka: KafkaClient;
  /** Started. */
  readonly admin: KafkaAdmin;
  /** The dead-letter topic. */
  readonly topic: string;
  readonly filter?: LetterFilter;
  /** Says what would be sent and sends nothing. */
  readonly dryRun?: boolean;
  /** Letters that were redriven before this time are sent again; none when absent. */
  readonly againBeforeMs?: number;
  /** Most letters to send. */
  readonly limit?: number;
  /** Letters a second; as fast as it goes when absent. */
  readonly ratePerSecond?: number;
  /** Who asks for it, for the note of its beginning. */
  readonly by: string;
  /** Ends it after the transaction in hand. */
  readonly signal?: AbortSignal;
  /** Called for each letter that was sent or, in a dry run, would be. */
  readonly onLetter?: (letter: Letter, target: string) => void;
  readonly places?: RedrivePlaces;
  readonly now?: () => number;
}

/** What a redrive has done or, as a dry run, would do. */
export interface RedriveOutcome {
  readonly redriveId: string;
  readonly begunAtMs: number;
  /** Letters sent, by the Kafka topic they went to. */
  readonly sent: ReadonlyMap<string, number>;
  /** Letters left out because they were redriven before. */
  readonly redrivenBefore: number;
  /** Letters whose origin is no Kafka topic that a redrive may write to. */
  readonly originUnknown: number;
  readonly end: 'complete' | 'limit' | 'interrupted' | 'failed';
  /** Why it failed; what was sent until then stays sent and is noted. */
  readonly failure?: KafkaError;
}

/** Small enough to be undone at little cost, and to hold up readers for a moment only. */
const maxTransactionRecords = 100;
const maxTransactionBytes = 512 * 1024;

interface Outgoing {
  readonly letter: Letter;
  readonly record: OutgoingRecord;
}

/**
 * Sends the letters of a dead-letter topic back to where they failed. A record and the
 * note that its letter is redriven are one transaction, so that whenever it is ended, the
 * next redrive goes on where this one was. Letters that arrive meanwhile are left alone.
 * @throws KafkaError when it cannot begin; later failures are in the outcome
 */
export async function redrive(
  options: RedriveOptions,
): Promise<RedriveOutcome> {
  const { places = redrivePlaces, now = Date.now } = options;
  const context = { ...options, places, now, redriveId: randomUUID() };
  const begunAtMs = now();
  const run = createRun(context);
  if (options.dryRun) {
    const ledger = await readLedger(options.kafka, places.ledgerTopic);
    await run.sendAll(ledger, async () => {});
  } else {
    await redriveForGood(context, run);
  }
  return { redriveId: context.redriveId, begunAtMs, ...run.outcome() };
}

type Context = RedriveOptions & {
  readonly redriveId: string;
  readonly places: RedrivePlaces;
  readonly now: () => number;
};

async function redriveForGood(context: Context, run: Run): Promise<void> {
  const producer = context.kafka.transactionalProducer({
    transactionalId: context.places.transactionalId,
  });
  try {
    // First shut out and end what an older redrive left open, then read what it has done.
    await producer.start();
    const ledger = await begin(producer, context);
    await run.sendAll(ledger, outgoing =>
      producer.send(withNotes(outgoing, context)),
    );
  } catch (error) {
    if (!(error instanceof KafkaError) || !run.hasBegun()) throw error;
    run.fail(error);
  } finally {
    await producer.stop();
  }
}

function withNotes(
  outgoing: readonly Outgoing[],
  { places, redriveId, now }: Context,
): OutgoingRecord[] {
  const redrivenAt = new Date(now()).toISOString();
  return outgoing.flatMap(({ letter, record }) => [
    record,
    entryRecord(places.ledgerTopic, letter.record, {
      redriveId,
      redrivenAt,
      target: record.topic,
    }),
  ]);
}

/** Notes the beginning, reads the ledger up to it, and forgets notes about letters that are gone. */
async function begin(
  producer: TransactionalProducer,
  own: Context,
): Promise<Ledger> {
  const { ledgerTopic } = own.places;
  const { redriveId, topic, by, filter, againBeforeMs, limit } = own;
  await producer.send([
    beginRecord(ledgerTopic, redriveId, {
      begunAt: new Date(own.now()).toISOString(),
      by,
      topic,
      filter: filter ?? {},
      againBeforeMs,
      limit,
    }),
  ]);
  const ledger = await readLedger(own.kafka, ledgerTopic, {
    throughBeginOf: redriveId,
  });
  const offsets = await own.admin.topicOffsets(topic);
  const stale = ledger.staleKeys(topic, offsets, own.now());
  const tombstones = stale.map(key => ({
    topic: ledgerTopic,
    key,
    value: null,
  }));
  for (const portion of portionsOf(tombstones, { maxRecords: 500 }))
    await producer.send(portion);
  return ledger;
}

type Run = ReturnType<typeof createRun>;

/** Reads letters, chooses, gathers and paces them; `send` takes one transaction. */
function createRun(options: Context) {
  const { limit = Infinity, signal, onLetter = () => {} } = options;
  const pace = createPace(options);
  const sent = new Map<string, number>();
  let total = 0;
  let redrivenBefore = 0;
  let originUnknown = 0;
  let begun = false;
  let end: RedriveOutcome['end'] = 'complete';
  let failure: KafkaError | undefined;

  function choose(record: ReadRecord, ledger: Ledger): Outgoing | undefined {
    const letter = parseLetter(record);
    if (!matches(options.filter ?? {}, letter)) return undefined;
    const entry = ledger.entryOf(record);
    const again = options.againBeforeMs ?? -Infinity;
    if (entry !== undefined && Date.parse(entry.redrivenAt) >= again) {
      redrivenBefore += 1;
      return undefined;
    }
    const outgoing = recordOf(letter, options.places);
    if (outgoing === undefined) originUnknown += 1;
    return outgoing && { letter, record: outgoing };
  }

  async function sendOne(
    transaction: readonly Outgoing[],
    send: (transaction: readonly Outgoing[]) => Promise<void>,
  ): Promise<void> {
    await pace.wait();
    if (signal?.aborted) return;
    await send(transaction);
    pace.note(transaction.length);
    for (const { letter, record } of transaction) {
      sent.set(record.topic, (sent.get(record.topic) ?? 0) + 1);
      total += 1;
      onLetter(letter, record.topic);
    }
  }

  return {
    async sendAll(
      ledger: Ledger,
      send: (transaction: readonly Outgoing[]) => Promise<void>,
    ): Promise<void> {
      begun = true;
      await options.kafka.read({
        topics: [options.topic],
        from: startOf(options),
        onRecords: async records => {
          const chosen = records
            .map(record => choose(record, ledger))
            .filter(outgoing => outgoing !== undefined)
            .slice(0, limit - total);
          for (const transaction of transactionsOf(
            chosen,
            pace.perTransaction,
          )) {
            await sendOne(transaction, send);
            if (signal?.aborted) break;
          }
          if (signal?.aborted) end = 'interrupted';
          else if (total >= limit) end = 'limit';
          return end === 'complete' ? 'more' : 'enough';
        },
      });
    },
    hasBegun: () => begun,
    fail(error: KafkaError) {
      end = 'failed';
      failure = error;
    },
    outcome: () => ({
      sent,
      redrivenBefore,
      originUnknown,
      end,
      ...(failure && { failure }),
    }),
  };
}

/** The letter that is asked for by its place need not be searched. */
function startOf({ topic, filter }: Context) {
  return filter?.at ? [{ topic, ...filter.at }] : [];
}

function transactionsOf(
  outgoing: readonly Outgoing[],
  maxRecords: number,
): Outgoing[][] {
  const transactions: Outgoing[][] = [];
  let bytes = 0;
  for (const one of outgoing) {
    const size = sizeOfRecord(one.record);
    const last = transactions.at(-1);
    if (
      last === undefined ||
      last.length >= maxRecords ||
      bytes + size > maxTransactionBytes
    ) {
      transactions.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return transactions;
}

/** Spreads what is sent over time: about a second's worth in each transaction. */
function createPace({ ratePerSecond, signal, dryRun, now }: Context) {
  const limited = ratePerSecond !== undefined && !dryRun;
  let freeAtMs = 0;
  return {
    perTransaction: limited
      ? Math.min(maxTransactionRecords, Math.max(1, Math.floor(ratePerSecond)))
      : maxTransactionRecords,
    async wait() {
      const waitMs = freeAtMs - now();
      if (waitMs <= 0) return;
      // An interruption ends the wait; what follows looks at the signal.
      await delay(waitMs, undefined, { signal }).catch(() => {});
    },
    note(records: number) {
      if (!limited) return;
      freeAtMs = Math.max(freeAtMs, now()) + (records / ratePerSecond) * 1000;
    },
  };
}
