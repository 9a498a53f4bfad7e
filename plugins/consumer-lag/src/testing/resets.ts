import type {
  OffsetReset,
  ResetPreview,
} from '@homelab/plugin-consumer-lag-common';
import { ago } from './groups';

const minute = 60_000;
const hour = 60 * minute;

/** A UUID made from a small number. */
export function testId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The preview of a reset to the oldest record. */
export function createResetPreview(
  overrides: Partial<ResetPreview> = {},
): ResetPreview {
  return {
    now: new Date().toISOString(),
    cluster: 'home',
    group: 'timescaledb-energy',
    target: { kind: 'earliest' },
    state: 'Empty',
    isGroupEmpty: true,
    memberCount: 0,
    partitions: [0, 1, 2].map(partition => ({
      topic: 'homelab.energy',
      partition,
      low: '120000',
      high: '184220',
      from: '177740',
      to: '120000',
      skipped: '0',
      replayed: '57740',
      isClamped: false,
    })),
    problems: [],
    skipped: '0',
    replayed: '173220',
    warnings: ['173,220 records are read again.'],
    previewToken: testId(7),
    expiresAt: new Date(Date.now() + 10 * minute).toISOString(),
    ...overrides,
  };
}

/** An applied reset. */
export function createReset(overrides: Partial<OffsetReset> = {}): OffsetReset {
  const { partitions, skipped, replayed } = createResetPreview();
  return {
    id: testId(9),
    cluster: 'home',
    group: 'timescaledb-energy',
    target: { kind: 'earliest' },
    state: 'applied',
    by: 'user:default/anna',
    at: ago(3 * hour),
    partitions: partitions.map(
      ({ low: _low, high: _high, isClamped: _isClamped, ...moved }) => moved,
    ),
    skipped,
    replayed,
    failure: null,
    undoneBy: null,
    undoneAt: null,
    ...overrides,
  };
}
