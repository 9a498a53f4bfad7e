import type { LiveState } from '@homelab/live-client';
import { expect, test } from 'vitest';
import { silenceOf } from './connection.ts';
import type { HouseState } from './house-store.ts';

function link(live: Partial<LiveState>, isOnline = true): string {
  const state: Pick<HouseState, 'live' | 'heardAtMs'> = {
    heardAtMs: 1_000,
    live: {
      ...{ status: 'open', detail: '', sinceMs: 2_000, code: undefined },
      ...{ pipeline: { ok: true, detail: '' }, serverAheadMs: 0, ...live },
    },
  };
  return silenceOf(state, isOnline).link;
}

test('the broken link nearest to the person is named', () => {
  expect(link({})).toBe('none');
  expect(link({ pipeline: { ok: false, detail: 'Kafka is away' } })).toBe(
    'pipeline',
  );
  expect(link({ status: 'connecting' })).toBe('connecting');
  expect(link({ status: 'lost' })).toBe('server');
  expect(link({ status: 'refused' })).toBe('server');
  expect(link({ status: 'lost' }, false)).toBe('device');
});

test('what arrives proves a network, whatever the browser believes', () => {
  expect(link({}, false)).toBe('none');
});
