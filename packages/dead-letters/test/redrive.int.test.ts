import { deadLetterHeaders } from '@homelab/telemetry';
import { uniqueName } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  createRedriveFixture,
  numbersOf,
  sinkLetter,
  upTo,
} from './redrive-fixture.ts';

const t = { onTestFinished };

test('a letter of the sink goes back unchanged with its redrive count', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  const bytes = Buffer.from([0xff, 0x00, 0x7b]);
  await producer.send([
    {
      ...sinkLetter(fixture, 0, { [deadLetterHeaders.redriveCount]: '4' }),
      key: Buffer.from([1, 2, 0]),
      value: bytes,
    },
    { ...sinkLetter(fixture, 1), key: null, value: null },
  ]);
  const outcome = await fixture.redrive();
  expect(outcome).toMatchObject({
    end: 'complete',
    sent: new Map([[origin, 2]]),
    redrivenBefore: 0,
    originUnknown: 0,
  });
  const records = await recordsOf(origin, 2);
  const sent = records.find(({ value }) => value !== null);
  expect(sent?.value).toEqual(bytes);
  expect(sent?.key).toEqual(Buffer.from([1, 2, 0]));
  const headers = Object.entries(sent?.headers ?? {}).map(([name, value]) => [
    name,
    String(value),
  ]);
  expect(Object.fromEntries(headers)).toEqual({
    'mqtt-topic': 'homelab/energy/device',
    'schema-version': '1',
    'dlq-redrive-count': '5',
  });
  const empty = records.find(({ value }) => value === null);
  expect(empty?.key).toBeNull();
});

test('a redriven letter is not sent again unless requested', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(5).map(index => sinkLetter(fixture, index)));
  const first = await fixture.redrive();
  await producer.send(upTo(3).map(index => sinkLetter(fixture, 5 + index)));
  const second = await fixture.redrive();
  expect(second.sent).toEqual(new Map([[origin, 3]]));
  expect(second.redrivenBefore).toBe(5);
  expect(numbersOf(await recordsOf(origin, 8))).toEqual(upTo(8));

  const again = await fixture.redrive({ againBeforeMs: second.begunAtMs });
  expect(first.begunAtMs).toBeLessThan(second.begunAtMs);
  expect(again.sent).toEqual(new Map([[origin, 5]]));
  expect(numbersOf(await recordsOf(origin, 13))).toEqual(
    [...upTo(5), ...upTo(8)].toSorted((a, b) => a - b),
  );
});

test('a dry run reports what would go where, without sending or noting anything', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, ingest, places, recordsOf } = fixture;
  await producer.send([
    ...upTo(4).map(index => sinkLetter(fixture, index)),
    sinkLetter(fixture, 4, { [deadLetterHeaders.originTopic]: 'mqtt' }),
    sinkLetter(fixture, 5, { [deadLetterHeaders.originTopic]: 'other.topic' }),
  ]);
  const planned: string[] = [];
  const outcome = await fixture.redrive({
    dryRun: true,
    onLetter: (letter, target) =>
      planned.push(`${letter.record.offset} ${target}`),
  });
  expect(outcome.sent).toEqual(
    new Map([
      [origin, 4],
      [ingest, 1],
    ]),
  );
  expect(outcome.originUnknown).toBe(1);
  expect(planned).toEqual([
    ...upTo(4).map(index => `${index} ${origin}`),
    `4 ${ingest}`,
  ]);
  for (const topic of [origin, ingest, places.ledgerTopic])
    expect(await recordsOf(topic)).toEqual([]);
});

test('a filter, a limit and a place select the letters', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(40).map(index => sinkLetter(fixture, index)));
  await fixture.redrive({ filter: { key: 'device-3' }, limit: 2 });
  expect(numbersOf(await recordsOf(origin, 2))).toEqual([3, 13]);
  const rest = await fixture.redrive({ filter: { key: 'device-3' } });
  expect(rest).toMatchObject({ end: 'complete', redrivenBefore: 2 });
  await fixture.redrive({ filter: { at: [{ partition: 0, offset: '7' }] } });
  await fixture.redrive({ filter: { codes: ['payload_empty'] } });
  const start = Date.UTC(2026, 0, 1);
  await fixture.redrive({
    filter: { sinceMs: start + 20_000, untilMs: start + 22_000 },
  });
  expect(numbersOf(await recordsOf(origin, 7))).toEqual([
    3, 7, 13, 20, 21, 23, 33,
  ]);
});

test('exactly the letters selected by place are sent, wherever they are', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  for (let from = 0; from < 5_000; from += 1_000)
    await producer.send(
      upTo(1_000).map(index => sinkLetter(fixture, from + index)),
    );
  const at = [4_999, 0, 1, 2_500].map(offset => ({
    partition: 0,
    offset: String(offset),
  }));
  const dryRun = await fixture.redrive({ filter: { at }, dryRun: true });
  expect(dryRun.sent).toEqual(new Map([[origin, 4]]));
  const outcome = await fixture.redrive({ filter: { at } });
  expect(outcome).toMatchObject({ sent: new Map([[origin, 4]]) });
  expect(numbersOf(await recordsOf(origin, 4))).toEqual([0, 1, 2_500, 4_999]);
});

test('letters that arrive after a dry run are not sent with those it saw', async () => {
  const fixture = await createRedriveFixture(t);
  const { admin, producer, topic, origin, recordsOf } = fixture;
  await producer.send(upTo(5).map(index => sinkLetter(fixture, index)));
  const through = (await admin.topicOffsets(topic)).map(
    ({ partition, high }) => ({ partition, offset: high }),
  );
  await producer.send([sinkLetter(fixture, 5)]);
  await fixture.redrive({ through });
  expect(numbersOf(await recordsOf(origin, 5))).toEqual(upTo(5));
});

test('a redrive resumed under its id counts what it had sent, up to its limit', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(250).map(index => sinkLetter(fixture, index)));
  await fixture.redrive({ filter: { key: 'device-9' } });
  const stop = new AbortController();
  const redriveId = 'one-of-several-attempts';
  const first = await fixture.redrive({
    redriveId,
    limit: 150,
    signal: stop.signal,
    onLetter: () => stop.abort(),
  });
  expect(first).toMatchObject({
    redriveId,
    end: 'interrupted',
    sent: new Map([[origin, 100]]),
  });
  const progress: number[] = [];
  const second = await fixture.redrive({
    redriveId,
    limit: 150,
    againBeforeMs: first.begunAtMs,
    onProgress: ({ sent }) => progress.push(sent.get(origin) ?? 0),
  });
  expect(second).toMatchObject({
    redriveId,
    end: 'limit',
    sent: new Map([[origin, 150]]),
  });
  expect(progress).toEqual([150, 150]);
  expect(await fixture.redrive({ redriveId, limit: 150 })).toMatchObject({
    end: 'limit',
    sent: new Map([[origin, 150]]),
  });
  const sent = numbersOf(await recordsOf(origin, 175));
  expect(sent).toHaveLength(175);
});

test('an abort ends it after the current transaction, and the next one resumes', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  await producer.send(upTo(30).map(index => sinkLetter(fixture, index)));
  const stop = new AbortController();
  const outcome = await fixture.redrive({
    ratePerSecond: 5,
    signal: stop.signal,
    onLetter: () => stop.abort(),
  });
  expect(outcome).toMatchObject({
    end: 'interrupted',
    sent: new Map([[origin, 5]]),
  });
  expect(numbersOf(await recordsOf(origin, 5))).toEqual(upTo(5));
  await fixture.redrive();
  expect(numbersOf(await recordsOf(origin, 30))).toEqual(upTo(30));
});

test('letters are sent no faster than the requested rate', async () => {
  const fixture = await createRedriveFixture(t);
  await fixture.producer.send(
    upTo(40).map(index => sinkLetter(fixture, index)),
  );
  const times: number[] = [];
  await fixture.redrive({
    ratePerSecond: 20,
    onLetter: () => void times.push(performance.now()),
  });
  expect(times).toHaveLength(40);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
});

test('large letters are sent in batches that Kafka accepts', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, origin, recordsOf } = fixture;
  const padding = 'x'.repeat(300_000);
  for (const index of upTo(8)) {
    await producer.send([
      {
        ...sinkLetter(fixture, index),
        key: 'one-partition',
        value: JSON.stringify({ number: index, padding }),
      },
    ]);
  }
  expect(await fixture.redrive()).toMatchObject({ end: 'complete' });
  expect(numbersOf(await recordsOf(origin, 8))).toEqual(upTo(8));
});

test('a record that its target topic refuses ends the redrive with a reason, and what was sent stays noted', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, admin, origin, recordsOf } = fixture;
  await admin.setTopicConfig(origin, { 'max.message.bytes': '20000' });
  await producer.send([
    ...upTo(120).map(index => sinkLetter(fixture, index)),
    { ...sinkLetter(fixture, 120), value: 'x'.repeat(50_000) },
  ]);
  const outcome = await fixture.redrive();
  expect(outcome.failure).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
  expect(outcome.sent).toEqual(new Map([[origin, 100]]));
  const next = await fixture.redrive({ filter: { key: 'device-5' } });
  expect(next).toMatchObject({ end: 'complete', redrivenBefore: 10 });
  expect(await recordsOf(origin, 102)).toHaveLength(102);
});

test('the ledger forgets letters that are gone and does not take letters of a recreated topic for redriven', async () => {
  const fixture = await createRedriveFixture(t);
  const { producer, admin, topic, origin, places, recordsOf } = fixture;
  await producer.send(upTo(6).map(index => sinkLetter(fixture, index)));
  await fixture.redrive();
  await admin.deleteRecords(topic, [{ partition: 0, offset: '4' }]);
  await fixture.redrive();
  const notes = await recordsOf(places.ledgerTopic, 12);
  const forgotten = notes.filter(({ value }) => value === null);
  expect(forgotten.map(({ key }) => String(key))).toEqual(
    upTo(4).map(offset => `${topic}/0/${offset}`),
  );

  await admin.deleteTopics([topic]);
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  await producer.send(upTo(6).map(index => sinkLetter(fixture, 100 + index)));
  const outcome = await fixture.redrive();
  expect(outcome).toMatchObject({ redrivenBefore: 0 });
  expect(numbersOf(await recordsOf(origin, 12))).toEqual([
    ...upTo(6),
    ...upTo(6).map(index => 100 + index),
  ]);
});

test('a missing Kafka topic ends it before anything is sent', async () => {
  const fixture = await createRedriveFixture(t);
  await fixture.producer.send([sinkLetter(fixture, 0)]);
  const places = { ...fixture.places, ledgerTopic: uniqueName('missing') };
  await expect(fixture.redrive({ places })).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
  expect(await fixture.recordsOf(fixture.origin)).toEqual([]);
});
