import { redrivesResponseSchema } from '@homelab/plugin-dead-letters-common';
import { createTestProducer, eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  clusterName,
  createLetterTopics,
  createRedriveCalls,
  enabled,
  letter,
  numbersOf,
  patience,
  recordsOf,
  startPortal,
  upTo,
} from './letters-support';

const t = { onTestFinished };
const all = { selection: { kind: 'filter', filter: {} } };

async function createLetters(count: number) {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send(upTo(count).map(index => letter(topics, index)));
  const portal = await startPortal(t, {
    config: { actions: enabled, ...topics.deadLetters },
  });
  return {
    ...topics,
    producer,
    portal,
    redrives: createRedriveCalls(portal, topics.dlq),
  };
}

/** Waits until something is sent; it is an error if the redrive ends first. */
function begun(redrives: ReturnType<typeof createRedriveCalls>, id: string) {
  return eventually(async () => {
    const { sent, state, failure } = await redrives.get(id);
    expect({ state, failure }).toEqual({ state: 'running', failure: null });
    expect(sent).toBeGreaterThan(0);
  }, patience);
}

test('a dry run counts what would be sent, and writes nothing', async () => {
  const { redrives, origin, ledger, producer, dlq } = await createLetters(20);
  await producer.send([
    letter({ dlq, origin: 'not-ours' }, 20),
    letter({ dlq, origin }, 21),
  ]);
  expect(await redrives.dryRun(all)).toMatchObject({
    state: 'complete',
    dryRun: true,
    sent: 21,
    targets: [{ target: origin, letters: 21 }],
    originUnknown: 1,
    canResume: false,
  });
  expect(await recordsOf(origin)).toEqual([]);
  expect(await recordsOf(ledger)).toEqual([]);
});

test('a redrive sends what its dry run counted, each letter once, and is audited', async () => {
  const { redrives, origin, producer, portal, dlq } = await createLetters(30);
  const dryRun = await redrives.dryRun(all);
  await producer.send([letter({ dlq, origin }, 30)]);
  const order = { ...all, dryRun: false, dryRunId: dryRun.id };
  const started = await redrives.start(order);
  expect(started.status).toBe(202);
  const { id } = JSON.parse(started.text);
  expect(await redrives.ended(id)).toMatchObject({
    state: 'complete',
    dryRunId: dryRun.id,
    expected: 30,
    sent: 30,
    attempts: [{ by: 'user:default/mock' }],
  });
  const records = await recordsOf(origin, 30);
  expect(numbersOf(records)).toEqual(upTo(30));
  expect(Object.keys(records[0].headers).sort()).toEqual([
    'dlq-redrive-count',
    'trace',
  ]);
  expect(await redrives.dryRun(all)).toMatchObject({
    sent: 1,
    redrivenBefore: 30,
  });
  await eventually(
    () =>
      expect(portal.audited).toContainEqual(
        expect.objectContaining({
          eventId: 'redrive-run',
          outcome: 'success',
          meta: expect.objectContaining({ redriveId: id, dryRun: false }),
        }),
      ),
    patience,
  );
});

test('without a dry run of the same letters nothing is sent', async () => {
  const { redrives, origin } = await createLetters(5);
  const dryRun = await redrives.dryRun({ ...all, limit: 2 });
  const wanting = { ...all, dryRun: false };
  expect((await redrives.start(wanting)).status).toBe(400);
  for (const other of [
    { dryRunId: '00000000-0000-4000-8000-000000000000' },
    { dryRunId: dryRun.id },
    { dryRunId: dryRun.id, limit: 3 },
    { dryRunId: dryRun.id, limit: 2, againBefore: '2026-01-01T00:00:00Z' },
  ])
    expect((await redrives.start({ ...wanting, ...other })).status).toBe(400);
  const fitting = await redrives.start({
    ...wanting,
    limit: 2,
    dryRunId: dryRun.id,
  });
  expect(await redrives.ended(JSON.parse(fitting.text).id)).toMatchObject({
    state: 'limit',
    sent: 2,
  });
  expect(numbersOf(await recordsOf(origin, 2))).toEqual([0, 1]);
});

test('only letters named by position are sent', async () => {
  const { redrives, origin } = await createLetters(40);
  const at = [3, 0, 39].map(offset => ({
    partition: 0,
    offset: String(offset),
  }));
  const selection = { kind: 'letters', at };
  const { id, selection: shown } = await redrives.begin({ selection });
  expect(shown).toEqual({ kind: 'letters', count: 3 });
  expect(await redrives.ended(id)).toMatchObject({ sent: 3 });
  expect(numbersOf(await recordsOf(origin, 3))).toEqual([0, 3, 39]);
  const tooMany = Array.from({ length: 1_001 }, (_, index) => ({
    partition: 0,
    offset: String(index),
  }));
  const refused = await redrives.start({
    selection: { kind: 'letters', at: tooMany },
    dryRun: true,
  });
  expect(refused.status).toBe(400);
});

test('letters are sent at the requested rate, and a rate above the maximum is refused', async () => {
  const { redrives } = await createLetters(40);
  const fast = await redrives.start({
    ...all,
    dryRun: true,
    ratePerSecond: 1_001,
  });
  expect(fast.status).toBe(400);
  expect(fast.text).toContain('maxRatePerSecond');
  const { id } = await redrives.begin({ ...all, ratePerSecond: 20 });
  const redrive = await redrives.ended(id);
  const tookMs =
    Date.parse(redrive.endedAt ?? '') - Date.parse(redrive.createdAt);
  expect(redrive).toMatchObject({ sent: 40, ratePerSecond: 20 });
  expect(tookMs).toBeGreaterThan(1_000);
});

test('a second redrive is refused; the first can be cancelled and resumed', async () => {
  const { redrives, origin, portal } = await createLetters(60);
  const dryRun = await redrives.dryRun(all);
  const order = { ...all, dryRun: false, dryRunId: dryRun.id };
  const first = await redrives.start({ ...order, ratePerSecond: 10 });
  const { id } = JSON.parse(first.text);
  const second = await redrives.start(order);
  expect(second.status).toBe(409);
  expect(second.text).toContain(id);
  await begun(redrives, id);
  expect(JSON.parse((await redrives.cancel(id)).text)).toMatchObject({
    state: 'cancelling',
    cancelledBy: 'user:default/mock',
  });
  const cancelled = await redrives.ended(id);
  expect(cancelled).toMatchObject({ state: 'cancelled', canResume: true });
  expect(cancelled.sent).toBeLessThan(60);
  expect(await recordsOf(origin)).toHaveLength(cancelled.sent);
  expect((await redrives.cancel(id)).status).toBe(409);

  expect((await redrives.resume(id)).status).toBe(200);
  const ended = await eventually(async () => {
    const redrive = await redrives.get(id);
    expect(redrive.state).toBe('complete');
    return redrive;
  }, patience);
  expect(ended).toMatchObject({ sent: 60, canResume: false });
  expect(ended.attempts).toHaveLength(2);
  expect(numbersOf(await recordsOf(origin, 60))).toEqual(upTo(60));
  expect((await redrives.resume(id)).status).toBe(409);

  const history = redrivesResponseSchema.parse(
    (await portal.get(`/clusters/${clusterName}/redrives`)).body,
  );
  expect(history.redrives.map(one => one.id)).toEqual([id]);
  expect(history.rate).toEqual({
    defaultPerSecond: 500,
    maxPerSecond: 1_000,
  });
}, 120_000);

test('a stopping backend interrupts its redrive, and the next backend resumes it', async () => {
  const { redrives, origin, portal, deadLetters, dlq } =
    await createLetters(60);
  const { id } = await redrives.begin({ ...all, ratePerSecond: 10 });
  await begun(redrives, id);
  await portal.stop();
  const next = await startPortal(t, {
    config: { actions: enabled, ...deadLetters },
    knex: portal.knex,
  });
  const calls = createRedriveCalls(next, dlq);
  expect(await calls.get(id)).toMatchObject({
    state: 'interrupted',
    canResume: true,
  });
  expect((await calls.resume(id)).status).toBe(200);
  await eventually(async () => {
    expect((await calls.get(id)).state).toBe('complete');
  }, patience);
  expect(numbersOf(await recordsOf(origin, 60))).toEqual(upTo(60));
}, 120_000);

test('letters redriven before are sent again only on request', async () => {
  const { redrives, origin } = await createLetters(5);
  const first = await redrives.begin(all);
  await redrives.ended(first.id);
  // Ahead, like a wrong browser clock: what this redrive sends is still sent once.
  const againBefore = new Date(Date.now() + 3_600_000).toISOString();
  const { id } = await redrives.begin({ ...all, againBefore });
  expect(await redrives.ended(id)).toMatchObject({ sent: 5 });
  expect(await recordsOf(origin, 10)).toHaveLength(10);
});

test('a missing ledger topic is created', async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send([letter(topics, 0)]);
  const ledgerTopic = `${topics.ledger}-made`;
  const portal = await startPortal(t, {
    config: {
      actions: enabled,
      ...topics.deadLetters,
      ledgerTopic,
    },
  });
  const redrives = createRedriveCalls(portal, topics.dlq);
  const { id } = await redrives.begin(all);
  expect(await redrives.ended(id)).toMatchObject({
    state: 'complete',
    sent: 1,
  });
  expect(await recordsOf(ledgerTopic, 2)).toHaveLength(2);
});

test('a refusal of Kafka becomes the failure of the redrive', async () => {
  const { redrives, dlq, portal, deadLetters } = await createLetters(3);
  await portal.stop();
  const other = await startPortal(t, {
    config: {
      actions: enabled,
      ...deadLetters,
      ledgerTopic: `${dlq}-missing`,
      createLedger: false,
    },
    knex: portal.knex,
  });
  const calls = createRedriveCalls(other, dlq);
  const { id } = await calls.begin(all);
  expect(await calls.ended(id)).toMatchObject({
    state: 'failed',
    sent: 0,
    failure: { code: 'UNKNOWN_TOPIC_OR_PARTITION' },
    canResume: true,
  });
  expect(redrives).toBeDefined();
});
