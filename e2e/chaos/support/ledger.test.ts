import { describe, expect, test } from 'vitest';
import { clean, judge, summarise } from './ledger.ts';
import type { DeadLetter, LedgerEntry, StoredRow } from './ledger.ts';
import { devicesOf, numberedReading, poison } from './numbered-readings.ts';

const [meter] = devicesOf('chaos-a', 1);
if (meter === undefined) throw new Error('There is no meter.');
const startMs = Date.parse('2026-01-12T00:00:00Z');

const entryOf = (number: number, given: Partial<LedgerEntry> = {}) => ({
  ...numberedReading(meter, { startMs, number }),
  acknowledged: true,
  ...given,
});
const rowOf = (number: number, given: Partial<StoredRow> = {}): StoredRow => ({
  ...meter,
  measuredAtMs: startMs + number,
  number,
  ...given,
});
const letterOf = (
  entry: LedgerEntry,
  given: Partial<DeadLetter> = {},
): DeadLetter => ({
  stream: 'energy',
  stage: 'bridge',
  code: 'payload_not_json',
  value: entry.payload,
  ...given,
});

describe('the verdict', () => {
  test('is clean when each acknowledged message is where it belongs, once', () => {
    const bad = {
      ...poison(meter, { startMs, number: 3 }),
      acknowledged: true,
    };
    const refused = entryOf(4, { fate: 'dead-lettered' });
    expect(
      judge(
        [entryOf(1), entryOf(2), bad, refused],
        [rowOf(2), rowOf(1)],
        // A hop may repeat, so a dead letter may occur twice.
        [letterOf(bad), letterOf(bad), letterOf(refused, { stage: 'sink' })],
      ),
    ).toEqual(clean);
  });

  test('expects nothing of a message that was not acknowledged', () => {
    const entries = [
      entryOf(1, { acknowledged: false }),
      entryOf(2, { acknowledged: false }),
    ];
    expect(judge(entries, [rowOf(2)], [])).toEqual(clean);
  });

  test.each([
    ['lost', [], []],
    ['doubled', [rowOf(1), rowOf(1)], []],
    ['altered', [rowOf(1, { number: 2 })], []],
    ['misplaced', [], [letterOf(entryOf(1))]],
    ['misplaced', [rowOf(1)], [letterOf(entryOf(1))]],
    ['foreign', [rowOf(1), rowOf(2)], []],
    ['foreign', [rowOf(1)], [letterOf(entryOf(7))]],
  ] as const)('finds what is %s', (kind, rows, letters) => {
    const verdict = judge([entryOf(1)], rows, letters);
    expect(verdict[kind]).toHaveLength(1);
    expect({ ...verdict, [kind]: [] }).toEqual(clean);
  });

  test('detects poison that was stored or altered', () => {
    const bad = { ...entryOf(1), fate: 'dead-lettered' as const };
    expect(judge([bad], [rowOf(1)], []).misplaced).toHaveLength(1);
    const changed = letterOf(bad, { value: Buffer.from('changed') });
    const verdict = judge([bad], [], [changed]);
    expect([verdict.lost.length, verdict.foreign.length]).toEqual([1, 1]);
  });

  test('is reported with a few examples', () => {
    const entries = Array.from({ length: 9 }, (_, index) => entryOf(index));
    expect(summarise(judge(entries, [], []), 2).lost).toEqual([
      'homelab/energy/chaos-a-0 number 0',
      'homelab/energy/chaos-a-0 number 1',
      'and 7 more of 9',
    ]);
  });
});
