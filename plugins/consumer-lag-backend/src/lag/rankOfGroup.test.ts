import { severityOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { LagStatus } from '@homelab/plugin-consumer-lag-common';
import { rankOfGroup } from './rankOfGroup';

const rank = (status: LagStatus, ms: number | null = null) =>
  rankOfGroup({
    status,
    severity: severityOfStatus(status),
    timeLag: ms === null ? { kind: 'unknown', ms } : { kind: 'estimated', ms },
  });

it('goes by status first, then by the time behind', () => {
  const worstFirst = [
    rank('LOSS'),
    rank('STOP', 1e15),
    rank('STOP', 7_200_000),
    rank('STOP', 60_000),
    rank('STOP'),
    rank('WARN', 60_000),
    rank('UNKNOWN'),
    rank('OK'),
  ];
  expect(worstFirst.toSorted((a, b) => a - b)).toEqual(worstFirst);
  expect(new Set(worstFirst).size).toBe(worstFirst.length);
  expect(Math.max(...worstFirst)).toBeLessThan(2 ** 31);
});

it('keeps groups that are in no trouble where they are', () => {
  expect(rank('OK', 3_000)).toBe(rank('OK'));
  expect(rank('UNREADABLE', 60_000)).toBe(rank('UNREADABLE'));
});
