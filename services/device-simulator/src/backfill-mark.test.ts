import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBackfillMark } from './backfill-mark.ts';

const firstMs = Date.parse('2026-02-01T00:00:00Z');
const laterMs = firstMs + 60_000;

function createPath(t: { onTestFinished(end: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-backfill-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'backfilled');
}

test('an interrupted history starts over from the same time until it is complete', t => {
  const path = createPath(t);
  expect(openBackfillMark(path).begin(firstMs)).toBe(firstMs);
  const mark = openBackfillMark(path);
  expect(mark.begin(laterMs)).toBe(firstMs);
  mark.complete();
  expect(openBackfillMark(path).begin(laterMs)).toBeUndefined();
});

test('without a file every start publishes history', () => {
  const mark = openBackfillMark(undefined);
  mark.begin(firstMs);
  mark.complete();
  expect(mark.begin(laterMs)).toBe(laterMs);
});

test.for<[string, string, number | undefined]>([
  ['older (empty)', '', undefined],
  [
    'newer',
    '{"from":"2026-02-01T00:00:00.000Z","complete":true,"x":1}',
    undefined,
  ],
  [
    'newer and incomplete',
    '{"from":"2026-02-01T00:00:00.000Z","complete":false,"x":1}',
    firstMs,
  ],
  ['truncated', '{"from":"2026-02', laterMs],
  ['foreign', 'true', laterMs],
])('a mark that is %s is understood', ([, text, expected], t) => {
  const path = createPath(t);
  writeFileSync(path, text);
  expect(openBackfillMark(path).begin(laterMs)).toBe(expected);
  expect(readFileSync(path, 'utf8')).not.toBe('{"from":"2026-02');
});
