import type { FetchedBatch } from './answers';
import { selectRecords } from './selectRecords';

const plain = 0;
const transactional = 0b1_0000;
const control = 0b11_0000;

function batch(
  firstOffset: number,
  values: string[],
  options: { attributes?: number; producerId?: number } = {},
): FetchedBatch {
  const { attributes = plain, producerId = -1 } = options;
  return {
    firstOffset: BigInt(firstOffset),
    lastOffsetDelta: values.length - 1,
    attributes,
    firstTimestamp: 1_000n,
    maxTimestamp: 9_000n,
    producerId: BigInt(producerId),
    length: 100,
    records: values.map((value, index) => ({
      offsetDelta: index,
      timestampDelta: BigInt(index),
      key: null,
      value: Buffer.from(value),
      headers: [],
    })),
  };
}

/** The end of a transaction: version 0, then 0 for aborted or 1 for committed. */
function marker(
  offset: number,
  producerId: number,
  end: 'aborted' | 'committed',
): FetchedBatch {
  const empty = batch(offset, [''], { attributes: control, producerId });
  const key = Buffer.from([0, 0, 0, end === 'aborted' ? 0 : 1]);
  return { ...empty, records: [{ ...empty.records[0], key }] };
}

const all = { fromOffset: 0n, endOffset: 1_000n, aborted: [] };

function valuesOf(
  batches: FetchedBatch[],
  options: Partial<Parameters<typeof selectRecords>[1]> = {},
): string {
  const { records } = selectRecords(batches, { ...all, ...options });
  return records.map(({ value }) => String(value)).join('');
}

it('leaves out records before the offset and from the end on', () => {
  const batches = [batch(5, ['a', 'b', 'c']), batch(8, ['d', 'e'])];
  expect(valuesOf(batches, { fromOffset: 6n, endOffset: 9n })).toBe('bcd');
  expect(selectRecords(batches, all)).toMatchObject({
    nextOffset: 10n,
    bytes: 200,
  });
  expect(selectRecords([], all)).toEqual({
    records: [],
    nextOffset: null,
    bytes: 0,
  });
});

it('continues after records that compaction removed from the end of a batch', () => {
  const compacted = { ...batch(5, ['a']), lastOffsetDelta: 9 };
  expect(selectRecords([compacted], all).nextOffset).toBe(15n);
});

it('uses the time of each record, or the log append time for all', () => {
  const timesOf = (attributes: number) =>
    selectRecords([batch(0, ['a', 'b'], { attributes })], all).records.map(
      ({ timestampMs }) => timestampMs,
    );
  expect(timesOf(plain)).toEqual([1_000, 1_001]);
  expect(timesOf(0b1000)).toEqual([9_000, 9_000]);
});

it('leaves out aborted records, and none of other producers or later transactions', () => {
  const mine = { attributes: transactional, producerId: 7 };
  const batches = [
    batch(0, ['a'], mine),
    batch(1, ['b']),
    batch(2, ['c'], { attributes: transactional, producerId: 8 }),
    batch(3, ['d'], mine),
    marker(4, 8, 'committed'),
    marker(5, 7, 'aborted'),
    batch(6, ['e'], mine),
    marker(7, 7, 'committed'),
    batch(8, ['f'], mine),
    marker(9, 7, 'aborted'),
    batch(10, ['g'], { producerId: 7 }),
  ];
  const aborted = [
    { producerId: 7n, firstOffset: 8n },
    { producerId: 7n, firstOffset: 0n },
  ];
  expect(valuesOf(batches, { aborted })).toBe('bceg');
  expect(valuesOf(batches)).toBe('abcdefg');
});
