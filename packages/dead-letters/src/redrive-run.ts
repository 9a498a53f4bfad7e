import type { KafkaError, OutgoingRecord, ReadRecord } from '@homelab/kafka';
import type { Ledger } from './ledger.ts';
import { createMatcher } from './letter-filter.ts';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import { recordOf } from './plan-redrive.ts';
import { readPlaces } from './read-places.ts';
import type { RedriveContext, RedriveOutcome } from './redrive-options.ts';
import { createPace, transactionsOf } from './redrive-pace.ts';

/** A letter and the record that sends it back. */
export interface Outgoing {
  readonly letter: Letter;
  readonly record: OutgoingRecord;
}

/** Sends one transaction. */
type Send = (transaction: readonly Outgoing[]) => Promise<void>;

/** The work of one redrive. */
export type RedriveRun = ReturnType<typeof createRun>;

/** Creates the run, which reads, selects, batches, paces and counts letters. */
export function createRun(options: RedriveContext) {
  const { topic, limit = Infinity, signal, filter = {} } = options;
  const { onLetter = () => {}, onProgress = () => {} } = options;
  const pace = createPace(options);
  const choose = createChoice(options);
  const sent = new Map<string, number>();
  let total = 0;
  let begun = false;
  let end: RedriveOutcome['end'] = 'complete';
  let failure: KafkaError | undefined;
  const progress = () => ({ sent: new Map(sent), ...choose.leftOut() });

  function count(target: string, letters: number): void {
    sent.set(target, (sent.get(target) ?? 0) + letters);
    total += letters;
  }

  async function sendOne(
    transaction: readonly Outgoing[],
    send: Send,
  ): Promise<void> {
    await pace.wait();
    if (signal?.aborted) return;
    await send(transaction);
    pace.note(transaction.length);
    for (const { letter, record } of transaction) {
      count(record.topic, 1);
      onLetter(letter, record.topic);
    }
    onProgress(progress());
  }

  async function sendSome(
    records: readonly ReadRecord[],
    ledger: Ledger,
    send: Send,
  ): Promise<void> {
    const chosen: Outgoing[] = [];
    for (const record of records) {
      if (total + chosen.length >= limit) break;
      const outgoing = choose.one(record, ledger);
      if (outgoing) chosen.push(outgoing);
    }
    for (const transaction of transactionsOf(chosen, pace.perTransaction)) {
      await sendOne(transaction, send);
      if (signal?.aborted) return;
    }
  }

  return {
    /** Sends every selected letter; those sent by earlier attempts count. */
    async sendAll(ledger: Ledger, send: Send): Promise<void> {
      begun = true;
      for (const [target, letters] of ledger.sentBy(options.redriveId, topic))
        count(target, letters);
      if (total < limit)
        await readPlaces(options.kafka, topic, filter.at, {
          to: options.through?.map(place => ({ topic, ...place })),
          onRecords: async records => {
            await sendSome(records, ledger, send);
            if (signal?.aborted) end = 'interrupted';
            else if (total >= limit) end = 'limit';
            return end === 'complete' ? 'more' : 'enough';
          },
        });
      else end = 'limit';
      onProgress(progress());
    },
    hasBegun: () => begun,
    fail(error: KafkaError) {
      end = 'failed';
      failure = error;
    },
    outcome: () => ({ ...progress(), end, ...(failure && { failure }) }),
  };
}

/** Selects letters and counts the skipped ones. */
function createChoice(options: RedriveContext) {
  const { filter = {}, format, places, through, redriveId } = options;
  const again = options.againBeforeMs ?? -Infinity;
  const matches = createMatcher(filter);
  const ends = new Map(
    through?.map(({ partition, offset }) => [partition, BigInt(offset)]),
  );
  let redrivenBefore = 0;
  let originUnknown = 0;
  return {
    one(record: ReadRecord, ledger: Ledger): Outgoing | undefined {
      const letter = parseLetter(record, format);
      if (!matches(letter)) return undefined;
      const end = ends.get(record.partition);
      if (end !== undefined && BigInt(record.offset) >= end) return undefined;
      const entry = ledger.entryOf(record);
      if (entry?.redriveId === redriveId) return undefined;
      if (entry !== undefined && Date.parse(entry.redrivenAt) >= again) {
        redrivenBefore += 1;
        return undefined;
      }
      const outgoing = recordOf(letter, places, format);
      if (outgoing === undefined) originUnknown += 1;
      return outgoing && { letter, record: outgoing };
    },
    leftOut: () => ({ redrivenBefore, originUnknown }),
  };
}
