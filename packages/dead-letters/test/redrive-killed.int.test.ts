import type { KafkaClient } from '@homelab/kafka';
import { eventually, seededRandom } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  createRedriveFixture,
  numbersOf,
  patience,
  sinkLetter,
  startRedrive,
  upTo,
} from './redrive-fixture.ts';

const t = { onTestFinished };
const seed = 20_261;

test(`redrives of 1,000 letters that are killed repeatedly (seed ${seed}) send each letter once`, async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(1_000).map(index => sinkLetter(fixture, index)));
  const random = seededRandom(seed);
  // The first transaction is the start note, each further one 100 letters.
  for (const [round, transactions] of [1, 2, 3, 1, 2, 4, 2, 1].entries()) {
    const intoMs = round % 2 === 0 ? undefined : random.integer(0, 15);
    const child = startRedrive(t, fixture, { death: { transactions, intoMs } });
    expect(await child.ended).toEqual({ code: null, outcome: undefined });
  }
  const last = await startRedrive(t, fixture).ended;
  expect(last).toMatchObject({ code: 0, outcome: { end: 'complete' } });
  expect(last.outcome?.redrivenBefore).toBeGreaterThan(100);
  expect(last.outcome?.redrivenBefore).toBeLessThan(1_000);
  expect(numbersOf(await recordsOf(origin, 1_000))).toEqual(upTo(1_000));
  // Nothing more can arrive: the transactions of the killed processes are closed.
  expect(await fixture.redrive()).toMatchObject({ redrivenBefore: 1_000 });
  expect(numbersOf(await recordsOf(origin, 1_000))).toEqual(upTo(1_000));
}, 180_000);

test('a redrive killed from outside at any moment (seed 7) duplicates nothing either', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(500).map(index => sinkLetter(fixture, index)));
  const random = seededRandom(7);
  for (let round = 0; round < 4; round += 1) {
    const child = startRedrive(t, fixture, { ratePerSecond: 40 });
    const letters = random.integer(0, 60);
    await eventually(
      () => expect(child.sent()).toBeGreaterThanOrEqual(letters),
      { ...patience, intervalMs: 5 },
    );
    child.kill('SIGKILL');
    await child.ended;
  }
  expect(await startRedrive(t, fixture).ended).toMatchObject({ code: 0 });
  expect(numbersOf(await recordsOf(origin, 500))).toEqual(upTo(500));
}, 120_000);

test('of two concurrent redrives the older one is fenced, and no letter is sent twice', async () => {
  const fixture = await createRedriveFixture(t);
  const { kafka, producer, origin, recordsOf } = fixture;
  await producer.send(upTo(600).map(index => sinkLetter(fixture, index)));
  const older = startRedrive(t, fixture, { ratePerSecond: 50 });
  await eventually(() => expect(older.sent()).toBeGreaterThan(0), patience);
  let saidSent = 0;
  const newer = await fixture.redrive({
    kafka: startingAfter(kafka, async () => {
      // The older one may send until it is fenced, and what it sent counts.
      const sent = older.sent();
      await eventually(
        () => expect(older.sent()).toBeGreaterThan(sent),
        patience,
      );
      saidSent = older.sent();
    }),
  });
  const { code, outcome } = await older.ended;
  expect(code).toBe(1);
  expect(outcome).toMatchObject({ end: 'failed', failure: { code: 'FENCED' } });
  expect(newer.end).toBe('complete');
  expect(newer.redrivenBefore).toBeGreaterThanOrEqual(saidSent);
  expect(numbersOf(await recordsOf(origin, 600))).toEqual(upTo(600));
});

/** The same client, whose transactional producer starts only after `before`. */
function startingAfter(
  kafka: KafkaClient,
  before: () => Promise<void>,
): KafkaClient {
  return {
    ...kafka,
    transactionalProducer(options) {
      const producer = kafka.transactionalProducer(options);
      return {
        ...producer,
        async start() {
          await before();
          await producer.start();
        },
      };
    },
  };
}
