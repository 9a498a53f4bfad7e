import { randomUUID } from 'node:crypto';
import { KafkaError, batchesOf } from '@homelab/kafka';
import type { OutgoingRecord, TransactionalProducer } from '@homelab/kafka';
import { beginRecord, entryRecord, readLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type {
  RedriveContext,
  RedriveOptions,
  RedriveOutcome,
} from './redrive-options.ts';
import { createRun } from './redrive-run.ts';
import type { Outgoing, RedriveRun } from './redrive-run.ts';

export type {
  RedriveOptions,
  RedriveOutcome,
  RedriveProgress,
} from './redrive-options.ts';

/**
 * Sends the letters of a dead-letter topic back to where they failed. A record and the
 * note about its letter are one transaction, so whenever a redrive is interrupted, the
 * next one resumes where it stopped. Letters that arrive meanwhile are left alone.
 * @throws KafkaError when it cannot start; later failures are in the outcome
 */
export async function redrive(
  options: RedriveOptions,
): Promise<RedriveOutcome> {
  const { now = Date.now, redriveId = randomUUID() } = options;
  const context = { ...options, now, redriveId };
  const begunAtMs = now();
  const run = createRun(context);
  if (options.dryRun) {
    const { ledgerTopic } = options.places;
    const ledger = await readLedger(options.kafka, ledgerTopic, {
      orEmpty: true,
    });
    await run.sendAll(ledger, async () => {});
  } else {
    await redriveForGood(context, run);
  }
  return { redriveId, begunAtMs, ...run.outcome() };
}

async function redriveForGood(
  context: RedriveContext,
  run: RedriveRun,
): Promise<void> {
  const producer = context.kafka.transactionalProducer({
    transactionalId: context.places.transactionalId,
  });
  try {
    // First fence an older redrive and abort its open transaction, then read what it has
    // done.
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
  { places, redriveId, now }: RedriveContext,
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

/**
 * Writes the start note, reads the ledger up to it and deletes notes about letters that
 * are gone.
 */
async function begin(
  producer: TransactionalProducer,
  own: RedriveContext,
): Promise<Ledger> {
  const { ledgerTopic } = own.places;
  const { redriveId, topic, by, filter = {}, againBeforeMs, limit } = own;
  const { at, ...rest } = filter;
  // A new one each time: waiting for the note of an earlier attempt would miss what that
  // did.
  const attemptId = randomUUID();
  await producer.send([
    beginRecord(ledgerTopic, attemptId, {
      begunAt: new Date(own.now()).toISOString(),
      redriveId,
      by,
      topic,
      filter: { ...rest, ...(at && { letters: at.length }) },
      againBeforeMs,
      limit,
    }),
  ]);
  const ledger = await readLedger(own.kafka, ledgerTopic, {
    throughBeginOf: attemptId,
  });
  const offsets = await own.admin.topicOffsets(topic);
  const stale = ledger.staleKeys(topic, offsets, own.now());
  const tombstones = stale.map(key => ({
    topic: ledgerTopic,
    key,
    value: null,
  }));
  for (const batch of batchesOf(tombstones, { maxRecords: 500 }))
    await producer.send(batch);
  return ledger;
}
