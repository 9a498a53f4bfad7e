import { severityOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { LagStatus } from '@homelab/plugin-consumer-lag-common';
import { rankOfGroup } from './rankOfGroup';

const rank = (status: LagStatus, ms: number | null = null) =>
  rankOfGroup({
    status,
    severity: severityOfStatus(status),
    timeLag: ms === null ? { kind: 'unknown', ms } : { kind: 'estimated', ms },
  });

it('ranks by status first, then by time lag', () => {
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

it('keeps groups without trouble in place', () => {
  expect(rank('OK', 3_000)).toBe(rank('OK'));
  expect(rank('UNREADABLE', 60_000)).toBe(rank('UNREADABLE'));
});
