import { randomBytes } from 'node:crypto';
import {
  deadLettersResponseSchema,
  lettersPageSchema,
} from '@homelab/plugin-dead-letters-common';
import type { DeadLetter } from '@homelab/plugin-dead-letters-common';
import { createTestProducer, eventually, uniqueName } from '@homelab/test-kit';
import { allowedCompressionsAlgorithms } from '@platformatic/kafka';
import { expect, onTestFinished, test } from 'vitest';
import { createProducer } from '@homelab/kafka-clusters/testing';
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
import type { LetterTopics, TestPortal } from './letters-support';

const t = { onTestFinished };

async function list(portal: TestPortal) {
  const { body } = await portal.get(`/clusters/${clusterName}/dead-letters`);
  return deadLettersResponseSchema.parse(body);
}

async function page(portal: TestPortal, topic: string, query = '') {
  const { status, text, body } = await portal.get(
    `/clusters/${clusterName}/dead-letters/${topic}/letters${query}`,
  );
  if (status !== 200) throw new Error(`The answer is ${status}: ${text}`);
  return lettersPageSchema.parse(body);
}

const start = (topics: LetterTopics) =>
  startPortal(t, {
    config: { actions: enabled, ...topics.deadLetters },
  });

const numberIn = ({ value }: DeadLetter): number =>
  JSON.parse(value.text).number;

test('letters are counted by reason, waiting and redriven separately', async () => {
  const topics = await createLetterTopics(t, { partitions: 2 });
  const producer = await createTestProducer(t);
  await producer.send(
    upTo(30).map(index =>
      letter(topics, index, {
        headers:
          index % 3 === 0
            ? { 'kafka_dlt-exception-cause-fqcn': 'TimeoutException' }
            : {},
      }),
    ),
  );
  const portal = await startPortal(t, {
    config: {
      actions: enabled,
      ...topics.deadLetters,
      titles: { [topics.dlq]: 'Orders' },
    },
  });
  const first = await list(portal);
  expect(first).toMatchObject({
    cluster: clusterName,
    runningRedriveId: null,
    topics: [
      {
        topic: topics.dlq,
        title: 'Orders',
        letters: 30,
        isPartial: false,
        waiting: 30,
        redriven: 0,
        oldestFailedAt: '2026-01-01T00:00:00.000Z',
        newestFailedAt: '2026-01-01T00:00:29.000Z',
        groups: [
          { code: 'IllegalStateException', waiting: 20, redriven: 0 },
          { code: 'TimeoutException', waiting: 10, redriven: 0 },
        ],
        problem: null,
      },
    ],
  });
  const calls = createRedriveCalls(portal, topics.dlq);
  const filter = { codes: ['TimeoutException'] };
  const { id } = await calls.begin({ selection: { kind: 'filter', filter } });
  await calls.ended(id);
  await eventually(async () => {
    expect((await list(portal)).topics).toMatchObject([
      { waiting: 20, redriven: 10 },
    ]);
  }, patience);
});

test('a topic over its limit in bytes is full, in the answer and in the metrics', async () => {
  const mebibyte = 1024 * 1024;
  const topics = await createLetterTopics(t, {
    config: {
      'retention.bytes': String(2 * mebibyte),
      'segment.bytes': String(mebibyte),
    },
  });
  const producer = await createTestProducer(t);
  const write = async (from: number, count: number) => {
    for (let index = from; index < from + count; index += 1)
      await producer.send([
        letter(topics, index, { value: randomBytes(200_000) }),
      ]);
  };
  const portal = await start(topics);
  const metrics = async () => (await portal.get('/metrics')).text;
  const labels = `{cluster="${clusterName}",topic="${topics.dlq}"}`;

  await write(0, 5);
  expect((await list(portal)).topics).toMatchObject([
    {
      letters: 5,
      storage: { retentionBytes: 2 * mebibyte, isFull: false },
    },
  ]);
  expect(await metrics()).toContain(`homelab_dead_letters_full${labels} 0`);

  await write(5, 20);
  await eventually(
    async () => {
      const [topic] = (await list(portal)).topics;
      expect(topic?.letters).toBeLessThan(25);
      expect(topic?.storage?.isFull).toBe(true);
      expect(topic?.storage?.sizeBytes).toBeLessThan(4 * mebibyte);
    },
    { timeoutMs: 45_000, intervalMs: 500 },
  );
  const text = await metrics();
  expect(text).toContain(`homelab_dead_letters_full${labels} 1`);
  const bytes = text.split(`homelab_dead_letters_bytes${labels} `)[1];
  expect(Number.parseInt(bytes ?? '', 10)).toBeGreaterThan(mebibyte);
});

test('letters are paged, newest first, with all their fields', async () => {
  const topics = await createLetterTopics(t, { partitions: 3 });
  const producer = await createTestProducer(t);
  await producer.send(upTo(100).map(index => letter(topics, index)));
  await producer.send([
    letter(topics, 100, {
      key: Buffer.from([0xff, 0]),
      headers: { raw: Buffer.from([0, 1, 2, 3]) },
    }),
  ]);
  const portal = await start(topics);
  const numbers: number[] = [];
  let cursor: string | null = null;
  do {
    const query: string = `?limit=23${cursor === null ? '' : `&before=${cursor}`}`;
    const answer = await page(portal, topics.dlq, query);
    numbers.push(...answer.letters.map(numberIn));
    cursor = answer.nextCursor;
  } while (cursor !== null);
  expect(numbers).toEqual(upTo(101).reverse());

  const [newest] = (await page(portal, topics.dlq, '?limit=1')).letters;
  expect(newest).toMatchObject({
    code: 'IllegalStateException',
    stage: 'billing',
    message: 'no such order',
    origin: topics.origin,
    target: topics.origin,
    failedAt: '2026-01-01T00:01:40.000Z',
    redriveCount: 0,
    key: { kind: 'hex', text: 'ff00' },
    value: { kind: 'json', text: '{\n  "number": 100\n}', isMasked: false },
    redriven: null,
  });
  expect(newest.headers).toContainEqual({
    name: 'raw',
    value: { kind: 'hex', text: '00010203', hiddenBytes: 0 },
  });
});

test('letters are selected by filter and position, and invalid queries are refused', async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send(upTo(20).map(index => letter(topics, index)));
  const portal = await start(topics);
  const chosen = async (query: string) =>
    (await page(portal, topics.dlq, query)).letters.map(numberIn);
  expect(await chosen('?key=key-7')).toEqual([7]);
  expect(await chosen('?at=0:3')).toEqual([3]);
  expect(await chosen('?at=0:999999999999999999')).toEqual([]);
  expect(await chosen('?since=2026-01-01T00:00:18Z')).toEqual([19, 18]);
  expect(await chosen('?code=none&code=other')).toEqual([]);
  expect(await chosen('?stage=billing&limit=2')).toEqual([19, 18]);
  for (const query of [
    '?limit=0',
    '?limit=201',
    '?at=here',
    '?before=%20',
    '?since=yesterday',
    '?unheard=of',
  ]) {
    const { status } = await portal.get(
      `/clusters/${clusterName}/dead-letters/${topics.dlq}/letters${query}`,
    );
    expect({ query, status }).toEqual({ query, status: 400 });
  }
});

test('only dead-letter topics of known clusters can be read', async () => {
  const topics = await createLetterTopics(t);
  const portal = await start(topics);
  for (const path of [
    `/clusters/${clusterName}/dead-letters/${topics.origin}/letters`,
    `/clusters/${clusterName}/dead-letters/__consumer_offsets/letters`,
    `/clusters/${clusterName}/dead-letters/${topics.dlq}-gone/letters`,
    `/clusters/other/dead-letters/${topics.dlq}/letters`,
    `/clusters/other/dead-letters`,
    `/clusters/other/redrives`,
    `/clusters/${clusterName}/redrives/00000000-0000-4000-8000-000000000000`,
  ])
    expect({ path, status: (await portal.get(path)).status }).toEqual({
      path,
      status: 404,
    });
});

test.each(allowedCompressionsAlgorithms)(
  'letters in batches of the codec %s are counted, shown and redriven',
  async compression => {
    const topics = await createLetterTopics(t);
    const producer = createProducer(t, { compression });
    await producer.send({
      messages: upTo(40).map(index => {
        const { key, value, headers } = letter(topics, index);
        return {
          topic: topics.dlq,
          key: Buffer.from(String(key)),
          value: Buffer.from(String(value)),
          headers: new Map(
            Object.entries(headers ?? {}).map(([name, text]) => [
              Buffer.from(name),
              Buffer.from(text),
            ]),
          ),
        };
      }),
    });
    const portal = await start(topics);
    expect((await list(portal)).topics).toMatchObject([{ waiting: 40 }]);
    const { letters } = await page(portal, topics.dlq);
    expect(letters.map(numberIn)).toEqual(upTo(40).reverse());
    const calls = createRedriveCalls(portal, topics.dlq);
    const { id } = await calls.begin({
      selection: { kind: 'filter', filter: {} },
    });
    expect(await calls.ended(id)).toMatchObject({ sent: 40 });
    expect(numbersOf(await recordsOf(topics.origin, 40))).toEqual(upTo(40));
    const [seen] = (await page(portal, topics.dlq)).letters;
    expect(seen.redriven).toMatchObject({
      redriveId: id,
      target: topics.origin,
    });
  },
);

test('aborted records are no letters; a large value is cut in lists and whole by position', async () => {
  const topics = await createLetterTopics(t);
  const producer = createProducer(t, {
    idempotent: true,
    transactionalId: uniqueName('aborted'),
  });
  const send = async (values: readonly string[], end: 'commit' | 'abort') => {
    const transaction = await producer.beginTransaction();
    await transaction.send({
      messages: values.map(value => ({
        topic: topics.dlq,
        value: Buffer.from(value),
      })),
    });
    await transaction[end]();
  };
  const large = JSON.stringify({ number: 1, padding: 'x'.repeat(200_000) });
  await send([large], 'commit');
  for (let index = 0; index < 8; index += 1)
    await send(
      [`{"number":9${index},"padding":"${'y'.repeat(300_000)}"}`],
      'abort',
    );
  await send(['{"number":2}'], 'commit');
  const portal = await start(topics);
  const { letters } = await page(portal, topics.dlq);
  expect(letters).toHaveLength(2);
  expect(letters[1].value).toMatchObject({
    kind: 'text',
    sizeBytes: large.length,
    hiddenBytes: large.length - 16 * 1024,
  });
  const [whole] = (await page(portal, topics.dlq, '?at=0:0')).letters;
  expect(numberIn(whole)).toBe(1);
  expect(whole.value.hiddenBytes).toBe(0);
  expect((await list(portal)).topics).toMatchObject([{ letters: 2 }]);
});

test('Kafka is read once per interval for any number of browsers', async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send([letter(topics, 0)]);
  const portal = await startPortal(t, {
    config: {
      actions: enabled,
      ...topics.deadLetters,
      refreshIntervalMs: 60_000,
    },
  });
  const answers = await Promise.all(upTo(20).map(() => list(portal)));
  await producer.send([letter(topics, 1)]);
  answers.push(await list(portal));
  expect(new Set(answers.map(({ checkedAt }) => checkedAt)).size).toBe(1);
  expect(answers.every(one => one.topics[0]?.waiting === 1)).toBe(true);
});

test('without Kafka the answer says what is wrong and what to do', async () => {
  const portal = await startPortal(t, {
    config: { actions: enabled },
    brokers: ['127.0.0.1:1'],
  });
  const { status, body } = await portal.get(
    `/clusters/${clusterName}/dead-letters`,
  );
  expect(status).toBe(503);
  expect(body).toMatchObject({
    error: {
      message: expect.stringMatching(
        /^Kafka broker 127\.0\.0\.1:1 cannot be reached [^;]*: check that it is running[^;]*\.$/,
      ),
    },
  });
});
