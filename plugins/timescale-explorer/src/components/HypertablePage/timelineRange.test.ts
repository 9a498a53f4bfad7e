import type { Chunk } from '@homelab/plugin-timescale-explorer-common';
import { barsIn, wholeRange, zoomed } from './timelineRange';

const day = 86_400_000;
const at = (days: number) => new Date(days * day).toISOString();
const chunk = (from: number | null): Chunk => ({
  name: `c${from}`,
  from: from === null ? null : at(from),
  to: from === null ? null : at(from + 1),
  state: 'rowstore',
  bytes: 1,
  rows: null,
});
const chunks = [0, 1, 2, 3].map(chunk);
const whole = { fromMs: 0, toMs: 4 * day };

it('spans the chunks and the edges that are near, not far ones', () => {
  const edge = (days: number) => ({
    kind: 'retention' as const,
    at: at(days),
    words: '',
  });
  expect(wholeRange(chunks, [])).toEqual(whole);
  expect(wholeRange(chunks, [edge(-1), edge(-90)])).toEqual({
    fromMs: -day,
    toMs: 4 * day,
  });
  expect(wholeRange([chunk(null)], [])).toEqual({ fromMs: 0, toMs: 60_000 });
});

it('shows what overlaps a range', () => {
  const names = (fromMs: number, toMs: number) =>
    barsIn(chunks, { fromMs, toMs }).map(bar => bar.chunk.name);
  expect(names(1.5 * day, 2 * day)).toEqual(['c1']);
  expect(names(0, 4 * day)).toHaveLength(4);
});

it('zooms about a time and never leaves the whole', () => {
  expect(zoomed(whole, 3.5 * day, 0.5, whole)).toEqual({
    fromMs: 2 * day,
    toMs: 4 * day,
  });
  expect(zoomed(whole, 2 * day, 0.5, whole)).toEqual({
    fromMs: day,
    toMs: 3 * day,
  });
  expect(zoomed({ fromMs: day, toMs: 3 * day }, day, 2, whole)).toBeNull();
});
