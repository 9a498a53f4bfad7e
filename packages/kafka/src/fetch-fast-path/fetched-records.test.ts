import { seededRandom } from '@homelab/test-kit';
import type { SeededRandom } from '@homelab/test-kit';
import response from '@homelab/kafkajs/src/protocol/requests/fetch/v11/response.js';
import recordBatch from '@homelab/kafkajs/src/protocol/recordBatch/v0/index.js';
import Batch from '@homelab/kafkajs/src/consumer/batch.js';
import encodeRecord from '@homelab/kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { expect, test } from 'vitest';
import { FetchedRecords, headerText } from './fetched-record.ts';
import { decodeFetchResponse } from './fetched-records.ts';

const newest = 9_007_199_254_740_993n;

function int(bytes: 2 | 4 | 8, value: number | bigint): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 2) buffer.writeInt16BE(Number(value));
  else if (bytes === 4) buffer.writeInt32BE(Number(value));
  else buffer.writeBigInt64BE(BigInt(value));
  return buffer;
}

interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** A broker's response to a Fetch of one Kafka topic; each partition lists the aborted transactions. */
function fetchResponse(
  partitions: readonly Buffer[],
  aborted: readonly AbortedTransaction[] = [],
): Buffer {
  const list = aborted.flatMap(({ producerId, firstOffset }) => [
    int(8, producerId),
    int(8, firstOffset),
  ]);
  return Buffer.concat([
    ...[int(4, 7), int(2, 0), int(4, 0), int(4, 1)],
    ...[int(2, 1), Buffer.from('t'), int(4, partitions.length)],
    ...partitions.flatMap((records, partition) => [
      ...[int(4, partition), int(2, 0), int(8, newest), int(8, newest)],
      ...[int(8, 3), int(4, aborted.length), ...list],
      ...[int(4, -1), int(4, records.length), records],
    ]),
  ]);
}

function randomText(random: SeededRandom): Buffer {
  return random.bytes(random.pick([0, 1, 20, 63, 64, 200, 9_000]));
}

async function randomBatch(
  random: SeededRandom,
  firstOffset: bigint,
  changes: object = {},
): Promise<Buffer> {
  const count = random.integer(1, 5);
  const records = Array.from({ length: count }, (_, offsetDelta) =>
    encodeRecord({
      offsetDelta: offsetDelta * random.pick([1, 3, 100]),
      timestampDelta: random.pick([0, 1, 99, 5_000_000_000, -3]),
      key: random.pick([null, randomText(random)]),
      value: random.pick([null, randomText(random)]),
      headers: random.pick([
        {},
        { one: randomText(random) },
        { 'received-at': Buffer.from('now'), ö: Buffer.alloc(0) },
      ]),
    }),
  );
  const batch = await recordBatch.RecordBatch({
    ...{ firstOffset, records, lastOffsetDelta: count - 1 },
    ...{ firstTimestamp: 1_767_225_600_000, maxTimestamp: 1_767_225_600_009 },
    ...changes,
  });
  return batch.buffer;
}

/** The contents of a response, however it was decoded. */
function contentOf(answer: unknown) {
  const { responses } = answer as {
    responses: {
      topicName: string;
      partitions: {
        partition: number;
        highWatermark: string;
        messages: {
          offset: string;
          timestamp: string;
          key: Buffer | null;
          value: Buffer | null;
          headers: Record<string, Buffer>;
        }[];
      }[];
    }[];
  };
  return responses.map(({ topicName, partitions }) => ({
    topicName,
    partitions: partitions.map(({ partition, highWatermark, messages }) => ({
      partition,
      highWatermark,
      messages: Array.from(
        messages,
        ({ offset, timestamp, key, value, headers }) => ({
          ...{ offset, timestamp, key, value, headers },
        }),
      ),
    })),
  }));
}

test('a response is decoded as kafkajs decodes it, wherever it is truncated (seed 3)', async () => {
  const random = seededRandom(3);
  for (let round = 0; round < 200; round += 1) {
    const partitions: Buffer[] = [];
    for (let partition = 0; partition < 3; partition += 1) {
      const batches: Buffer[] = [];
      for (let count = random.integer(0, 4); count > 0; count -= 1) {
        const first = random.pick([0n, 4_294_967_295n, newest]);
        batches.push(await randomBatch(random, first));
      }
      const records = Buffer.concat(batches);
      const cut = random.pick([0, 0, 1, 30, 70]);
      partitions.push(records.subarray(0, Math.max(0, records.length - cut)));
    }
    const bytes = fetchResponse(partitions);
    const decoded = decodeFetchResponse(bytes);
    expect(contentOf(decoded)).toEqual(contentOf(await response.decode(bytes)));
    expect(decoded).toMatchObject({
      ...{ throttleTime: 0, clientSideThrottleTime: 7 },
      ...{ errorCode: 0, sessionId: 0 },
    });
  }
});

test.each([
  ['compressed', { compression: 1 }],
  ['transactional', { transactional: true }],
])('a batch that is %s is left to kafkajs', async (_kind, changes) => {
  const random = seededRandom(5);
  const usual = await randomBatch(random, 0n);
  const unusual = await randomBatch(random, 9n, changes);
  const answer = (records: Buffer) => fetchResponse([usual, records]);
  expect(decodeFetchResponse(answer(usual))).toBeDefined();
  expect(
    decodeFetchResponse(answer(Buffer.concat([usual, unusual]))),
  ).toBeUndefined();
});

test('an aborted transaction around plain records hides none of them, as in kafkajs (seed 11)', async () => {
  const random = seededRandom(11);
  for (let round = 0; round < 50; round += 1) {
    const offsets = [10n, 1_000n, 2_000n];
    const batches = await Promise.all(
      offsets.map(first => randomBatch(random, first)),
    );
    const aborted = Array.from({ length: random.integer(1, 3) }, () => ({
      producerId: BigInt(random.integer(-1, 5)),
      firstOffset: BigInt(random.integer(0, 3_000)),
    }));
    const bytes = fetchResponse([Buffer.concat(batches)], aborted);
    const seen = (answer: unknown) => {
      const { responses } = answer as {
        responses: { partitions: unknown[] }[];
      };
      return new Batch('t', '0', responses[0]?.partitions[0]).messages.map(
        ({ offset, value }) => ({ offset, value }),
      );
    };
    const decoded = decodeFetchResponse(bytes);
    expect(decoded).toBeDefined();
    const records = seen(decoded);
    expect(records.length).toBeGreaterThan(0);
    expect(records).toEqual(seen(await response.decode(bytes)));
  }
});

test('a header is found as text without the others', async () => {
  const headers = { a: Buffer.from('1'), ab: Buffer.from('ö'), b: [] };
  const records = [
    encodeRecord({ key: null, value: null, headers: { ...headers, b: '' } }),
  ];
  const { buffer } = await recordBatch.RecordBatch({ records });
  const answer = decodeFetchResponse(fetchResponse([buffer]));
  const record = answer?.responses[0]?.partitions[0]?.messages?.[0];
  if (record === undefined) throw new Error('There is no record.');
  expect(['a', 'ab', 'b', 'c'].map(name => headerText(record, name))).toEqual([
    '1',
    'ö',
    '',
    undefined,
  ]);
  const plain = { ...record, headers: { a: Buffer.from('1') } };
  expect(
    headerText({ ...plain, offset: '0', key: null, value: null }, 'a'),
  ).toBe('1');
});

test('records before the requested offset are left out', async () => {
  const random = seededRandom(8);
  const bytes = fetchResponse([
    Buffer.concat([
      await randomBatch(random, 10n),
      await randomBatch(random, 1_000n),
    ]),
  ]);
  const messages =
    decodeFetchResponse(bytes)?.responses[0]?.partitions[0]?.messages;
  if (messages === undefined) throw new Error('There are no records.');
  const wanted = messages.filter(({ offset }) => BigInt(offset) >= 1_000n);
  expect(wanted[0]?.offset).toBe('1000');
  expect(wanted).toBeInstanceOf(FetchedRecords);
  expect(messages.filter(() => false)).toHaveLength(0);
  expect(messages.filter(() => true)).toBe(messages);
});
