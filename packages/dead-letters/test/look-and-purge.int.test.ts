import { deadLetterHeaders } from '@homelab/telemetry';
import { expect, onTestFinished, test } from 'vitest';
import {
  commonLetterFormat,
  listLetters,
  planPurge,
  purge,
  summariseLetters,
} from '../src/index.ts';
import type { PurgeCut } from '../src/index.ts';
import {
  createRedriveFixture,
  numbersOf,
  sinkLetter,
  upTo,
} from './redrive-fixture.ts';

const t = { onTestFinished };
const format = commonLetterFormat;
const start = Date.UTC(2026, 0, 1);

async function createTenLetters() {
  const fixture = await createRedriveFixture(t);
  const { kafka, admin, topic } = fixture;
  await fixture.producer.send(
    upTo(10).map(index =>
      sinkLetter(
        fixture,
        index,
        index < 3 ? { [deadLetterHeaders.code]: 'payload_not_json' } : {},
      ),
    ),
  );
  const plan = async (cut: PurgeCut) =>
    planPurge({
      kafka,
      admin,
      topic,
      cut,
      ledger: await fixture.ledger(),
      format,
    });
  return { ...fixture, plan };
}

test('letters are counted by code, waiting and redriven separately', async () => {
  const fixture = await createTenLetters();
  await fixture.redrive({ limit: 4 });
  const other = await createRedriveFixture(t);
  const summaries = await summariseLetters({
    kafka: fixture.kafka,
    admin: fixture.admin,
    topics: [fixture.topic, other.topic],
    ledger: await fixture.ledger(),
    format,
  });
  expect(summaries).toEqual([
    {
      topic: fixture.topic,
      letters: 10,
      isPartial: false,
      examined: 10,
      waiting: 6,
      redriven: 4,
      oldestFailedAtMs: start,
      newestFailedAtMs: start + 9_000,
      codes: [
        { code: 'database_rejected', waiting: 6, redriven: 1 },
        { code: 'payload_not_json', waiting: 0, redriven: 3 },
      ],
    },
    {
      topic: other.topic,
      letters: 0,
      isPartial: false,
      examined: 0,
      waiting: 0,
      redriven: 0,
      codes: [],
    },
  ]);
});

test('the newest letters come first, up to the limit', async () => {
  const { kafka, admin, topic } = await createTenLetters();
  const look = async (filter: object, limit = 3) => {
    const page = await listLetters({
      kafka,
      admin,
      topic,
      format,
      filter,
      limit,
    });
    return numbersInOrder(page.letters);
  };
  expect(await look({})).toEqual([9, 8, 7]);
  expect(await look({ codes: ['payload_not_json'] })).toEqual([2, 1, 0]);
  expect(await look({ untilMs: start + 5_000 }, 1)).toEqual([4]);
  expect(await look({ at: [{ partition: 0, offset: '6' }] })).toEqual([6]);
  expect(await look({ at: [{ partition: 0, offset: '60' }] })).toEqual([]);
});

function numbersInOrder(
  letters: readonly { record: { value: Buffer | null } }[],
) {
  return letters.map(
    ({ record }): number => JSON.parse(String(record.value)).number,
  );
}

test('a purge deletes up to a time and reports what goes and what stays', async () => {
  const { admin, topic, plan, recordsOf, redrive, producer, origin } =
    await createTenLetters();
  await redrive({ limit: 2 });
  // Older, but after newer ones: Kafka cannot delete it.
  await producer.send([sinkLetter({ topic, origin }, 1)]);
  const planned = await plan({ kind: 'before', timeMs: start + 4_000 });
  expect(planned).toMatchObject({
    lost: { letters: 4, waiting: 2, redriven: 2 },
    stuck: 1,
    before: [{ partition: 0, offset: '4' }],
  });
  expect(await recordsOf(topic)).toHaveLength(11);
  await purge(admin, planned);
  expect(numbersOf(await recordsOf(topic))).toEqual([1, 4, 5, 6, 7, 8, 9]);
});

test('a purge up to one letter, and of all letters present when planned', async () => {
  const { admin, topic, plan, recordsOf, producer, origin } =
    await createTenLetters();
  await purge(
    admin,
    await plan({ kind: 'through', partition: 0, offset: '2' }),
  );
  expect(numbersOf(await recordsOf(topic))).toEqual([3, 4, 5, 6, 7, 8, 9]);
  const beyond = await plan({ kind: 'through', partition: 0, offset: '10' });
  expect(beyond.lost.letters).toBe(0);
  const all = await plan({ kind: 'all' });
  await producer.send([sinkLetter({ topic, origin }, 42)]);
  await purge(admin, all);
  expect(all.lost.letters).toBe(7);
  expect(numbersOf(await recordsOf(topic))).toEqual([42]);
});
