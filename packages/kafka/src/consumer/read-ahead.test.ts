import { expect, test, vi } from 'vitest';
import { KafkaError } from '../connection/errors.ts';
import { mendable, readAheadOf } from '../../test/each-batch-fixtures.ts';

test('batches are read ahead while one is handled, up to the limit', async () => {
  const { read, begun, succeed } = readAheadOf(1);
  await read('1');
  const second = read('2');
  expect(begun()).toEqual(['1', '2']);
  const third = second.then(() => read('3'));
  await new Promise(setImmediate);
  expect(begun()).toEqual(['1', '2']);
  succeed('1');
  await second;
  await new Promise(setImmediate);
  expect(begun()).toEqual(['1', '2', '3']);
  succeed('2');
  await third;
});

test('commits keep the order of the records', async () => {
  const { read, succeed, committed, running } = readAheadOf(1);
  await read('1');
  const second = read('2');
  succeed('2');
  await new Promise(setImmediate);
  expect(committed).toEqual([]);
  succeed('1');
  await second;
  await vi.waitFor(() => expect(running()).toBe(0));
  expect(committed).toEqual(['2', '3']);
});

test('after a failure nothing later is committed, and reading resumes there', async () => {
  const { read, succeed, fail, isStale, seeks, committed, running } =
    readAheadOf(1);
  await read('1');
  const second = read('2');
  fail('1');
  await expect(second).rejects.toMatchObject({ retriable: true });
  expect(isStale('2')).toBe(true);
  succeed('2');
  await vi.waitFor(() => expect(running()).toBe(0));
  expect({ seeks, committed }).toEqual({ seeks: ['1'], committed: [] });
});

test('a batch that fails waits for the one before it, which is committed', async () => {
  const { read, succeed, fail, seeks, committed } = readAheadOf(1);
  await read('1');
  const second = read('2');
  fail('2');
  await new Promise(setImmediate);
  expect(seeks).toEqual([]);
  succeed('1');
  await second;
  await vi.waitFor(() => expect(seeks).toEqual(['2']));
  expect(committed).toEqual(['2']);
  await expect(read('2')).rejects.toMatchObject({ retriable: true });
});

test('when two batches fail, reading resumes at the earlier one, whichever fails first', async () => {
  for (const order of [
    ['1', '2'],
    ['2', '1'],
  ]) {
    const { read, fail, seeks, running } = readAheadOf(1);
    await read('1');
    const second = read('2').catch(() => {});
    for (const offset of order) fail(offset);
    await second;
    await vi.waitFor(() => expect(running()).toBe(0));
    expect(seeks).toEqual(['1']);
  }
});

test('a failure after a rebalance does not seek', async () => {
  const { read, fail, nextGeneration, seeks, running } = readAheadOf(1);
  await read('1');
  nextGeneration();
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  await read('7');
  expect(seeks).toEqual([]);
});

test('a failure from before a rebalance is not reported after it', async () => {
  const { read, fail, succeed, nextGeneration, running } = readAheadOf(1);
  await read('1');
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  nextGeneration();
  await read('1');
  succeed('1');
  await vi.waitFor(() => expect(running()).toBe(0));
});

test('a failure while stopping does not seek', async () => {
  const { read, fail, stop, seeks, running } = readAheadOf(1);
  await read('1');
  stop();
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  expect(seeks).toEqual([]);
});

test('while stopping, no batch is started and running ones are awaited', async () => {
  const { read, begun, succeed, stop, committed } = readAheadOf(1);
  await read('1');
  stop();
  const second = read('2');
  succeed('1');
  await second;
  expect(begun()).toEqual(['1']);
  expect(committed).toEqual(['2']);
});

/** The failure of a commit, as a handler sees it. */
function refused(type: string) {
  return new KafkaError(type, {
    ...{ code: type, retryable: true },
    cause: Object.assign(new Error(), { type }),
  });
}

// What was read ahead of the failed commit is abandoned. Were more begun behind it, its commit
// would succeed as soon as the broker knows the member again.
test.each([
  ['first', ['1', '11'], 'UNKNOWN_MEMBER_ID', ['11']],
  ['last', ['11', '1'], 'UNKNOWN_MEMBER_ID', ['11']],
  ['last', ['11', '1'], 'NOT_COORDINATOR_FOR_GROUP', ['11', '1']],
])(
  'after a refused commit that is reported %s, nothing begins until kafkajs has rejoined',
  async (_, order, type, seeks) => {
    const of = readAheadOf(1);
    await of.read('1', 0);
    await of.read('11', 1);
    const ahead = of.read('2', 0);
    ahead.catch(() => {});
    for (const offset of order)
      of.fail(offset, offset === '1' ? refused(type) : mendable());
    of.succeed('2');
    await vi.waitFor(() => expect(of.running()).toBe(0));
    expect(of.committed).toEqual([]);
    // kafkajs heeds only one of them, perhaps that of the other partition.
    for (const read of [ahead, of.read('11', 1), of.read('3', 0)])
      await expect(read).rejects.toMatchObject({ type });
    expect(of.begun()).toEqual(['1', '11', '2']);
    expect(of.seeks).toEqual(seeks);
    of.join(false);
    await of.read('1', 0);
  },
);

test('while an attempt to rejoin has failed, nothing begins behind what was abandoned', async () => {
  const of = readAheadOf(1);
  await of.read('1');
  of.join(true);
  of.fail('1');
  await vi.waitFor(() => expect(of.running()).toBe(0));
  await expect(of.read('2')).rejects.toMatchObject({
    type: 'REBALANCE_IN_PROGRESS',
  });
  expect(of.begun()).toEqual(['1']);
  of.join(false);
  await of.read('3');
  expect(of.begun()).toEqual(['1', '3']);
});
