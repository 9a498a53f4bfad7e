import { readCursor, writeCursor } from './letterCursor';

it('round-trips offsets that are too large for a number', () => {
  const places = [
    { partition: 0, offset: '0' },
    { partition: 199, offset: '9223372036854775807' },
  ];
  expect(readCursor(writeCursor(places))).toEqual(places);
});

it('fits into a URL for 1,000 partitions', () => {
  const places = Array.from({ length: 1_000 }, (_, partition) => ({
    partition,
    offset: '123456789',
  }));
  expect(writeCursor(places).length).toBeLessThan(12_000);
});

it.each(['', ' ', '0', '0.', '-1.0', '0.0_', `0.${'z'.repeat(14)}`])(
  'refuses %j',
  cursor => {
    expect(() => readCursor(cursor)).toThrow(/not a cursor/);
  },
);
