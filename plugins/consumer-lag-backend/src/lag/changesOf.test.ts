import type { GroupDetail } from '@homelab/plugin-consumer-lag-common';
import { changesOf } from './changesOf';

const at = '2026-01-12T06:00:00.000Z';

function group(overrides: Partial<GroupDetail>) {
  return {
    groupId: 'sink',
    status: 'OK',
    severity: 'ok',
    state: 'Stable',
    sentence: 'sink has read everything.',
    memberCount: 2,
    ...overrides,
  } as GroupDetail;
}

const calm = { status: 'OK', state: 'Stable', members: '2:a' } as const;

describe('changesOf', () => {
  it.each([
    ['nothing changed', group({}), '2:a', calm, []],
    [
      'it is seen for the first time',
      group({ status: 'STOP' }),
      '2:a',
      undefined,
      [],
    ],
    [
      'its status changed',
      group({ status: 'STOP', severity: 'act', sentence: 'It stopped.' }),
      '2:a',
      calm,
      ['It stopped.'],
    ],
    [
      'it has warmed up',
      group({}),
      '2:a',
      { ...calm, status: 'UNKNOWN' } as const,
      [],
    ],
    [
      'a rebalance began',
      group({ state: 'PreparingRebalance' }),
      '1:b',
      calm,
      ['A rebalance started.'],
    ],
    [
      'a rebalance goes on',
      group({ state: 'CompletingRebalance' }),
      '1:b',
      { ...calm, state: 'PreparingRebalance' },
      [],
    ],
    [
      'a member came',
      group({ memberCount: 3 }),
      '3:b',
      calm,
      ['3 members, previously 2.'],
    ],
    [
      'partitions moved',
      group({}),
      '2:b',
      calm,
      ['The partitions were reassigned among 2 members.'],
    ],
  ])('%s', (_, now, fingerprint, before, texts) => {
    expect(
      changesOf(now, fingerprint, before, at).map(({ text }) => text),
    ).toEqual(texts);
  });
});
