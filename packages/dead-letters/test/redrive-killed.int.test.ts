import { setTimeout as delay } from 'node:timers/promises';
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

test(`killed again and again (seed ${seed}), redrives of 1,000 letters send each one once`, async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(1_000).map(index => sinkLetter(fixture, index)));
  const random = seededRandom(seed);
  let killed = 0;
  for (let round = 0; round < 8; round += 1) {
    const child = startRedrive(t, fixture, { ratePerSecond: 2_000 });
    // At its beginning in every third round; else among transactions that follow closely.
    const letters = round % 3 === 0 ? 0 : 1;
    await eventually(
      () => expect(child.sent()).toBeGreaterThanOrEqual(letters),
      { ...patience, intervalMs: 5 },
    );
    await delay(
      letters === 0 ? random.integer(250, 700) : random.integer(0, 60),
    );
    child.kill('SIGKILL');
    const { outcome } = await child.ended;
    if (outcome === undefined) killed += 1;
  }
  expect(killed).toBeGreaterThanOrEqual(4);
  const last = await startRedrive(t, fixture).ended;
  expect(last).toMatchObject({ code: 0, outcome: { end: 'complete' } });
  expect(numbersOf(await recordsOf(origin, 1_000))).toEqual(upTo(1_000));
  // Nothing is still to come: the transactions of the dead are over.
  expect(await fixture.redrive()).toMatchObject({ redrivenBefore: 1_000 });
  expect(numbersOf(await recordsOf(origin, 1_000))).toEqual(upTo(1_000));
}, 180_000);

test('of two redrives at once the older one is shut out, and no letter is sent twice', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(600).map(index => sinkLetter(fixture, index)));
  const older = startRedrive(t, fixture, { ratePerSecond: 100 });
  await eventually(() => expect(older.sent()).toBeGreaterThan(0), patience);
  const newer = await fixture.redrive();
  const { code, outcome } = await older.ended;
  expect(code).toBe(1);
  expect(outcome).toMatchObject({ end: 'failed', failure: { code: 'FENCED' } });
  expect(newer.end).toBe('complete');
  expect(newer.redrivenBefore).toBeGreaterThan(0);
  expect(numbersOf(await recordsOf(origin, 600))).toEqual(upTo(600));
});
