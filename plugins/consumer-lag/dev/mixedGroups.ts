import type {
  GroupSummary,
  LagStatus,
} from '@homelab/plugin-consumer-lag-common';
import {
  ago,
  createGroup,
  createLaggingGroup,
  createSpark,
} from '../src/testing/groups';
import { createRandom } from '../src/testing/random';

const minute = 60_000;

/** Groups of every status. */
export function mixedGroups(): GroupSummary[] {
  return [
    createGroup({
      groupId: 'energy-archive',
      status: 'LOSS',
      since: ago(31 * minute),
      lag: '74010',
      lost: '3120',
      timeLag: { kind: 'at-least', ms: 61 * minute },
      consumedPerSecond: 4.2,
      eta: { kind: 'falling-behind', recordsPerSecond: 8.2 },
      headroomMs: 0,
      topics: ['homelab.energy'],
      spark: createSpark(share => 20_000 + share * 54_000),
    }),
    createGroup({
      groupId: 'heatpump-alerts',
      status: 'STOP',
      since: ago(64 * minute),
      lag: '5124',
      timeLag: { kind: 'estimated', ms: 64 * minute },
      producedPerSecond: 1.4,
      consumedPerSecond: 0,
      eta: { kind: 'not-moving' },
      headroomMs: 6 * 24 * 60 * minute,
      memberCount: 0,
      state: 'Empty',
      topics: ['homelab.heatpump'],
      ownerRefs: ['group:default/heating'],
      spark: createSpark(share => share * 5_124),
    }),
    createGroup({
      groupId: 'timescaledb-rooms',
      status: 'STALL',
      since: ago(18 * minute),
      lag: '1',
      timeLag: { kind: 'exact', ms: 18 * minute },
      producedPerSecond: 0.2,
      consumedPerSecond: 0,
      eta: { kind: 'not-moving' },
      headroomMs: 42 * minute,
      memberCount: 1,
      topics: ['homelab.temperature'],
      spark: createSpark(share => (share < 0.7 ? 0 : 1)),
    }),
    createGroup({
      groupId: 'timescaledb-heatpump',
      status: 'NO_READER',
      since: ago(12 * minute),
      producedPerSecond: 0,
      consumedPerSecond: 0,
      memberCount: 0,
      memberlessSince: ago(12 * minute),
      state: 'Empty',
      topics: ['homelab.heatpump'],
    }),
    createLaggingGroup(),
    createGroup({
      groupId: 'room-alerts',
      status: 'ABANDONED',
      since: ago(2 * 24 * 60 * minute),
      topics: ['homelab.temperature', 'rooms-v1'],
    }),
    createGroup({
      groupId: 'connect-backup',
      cluster: 'cloud',
      status: 'UNREADABLE',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      producedPerSecond: null,
      consumedPerSecond: null,
      eta: { kind: 'unknown' },
      state: null,
      memberCount: 0,
      partitionCount: 0,
      topics: [],
      ownerRefs: [],
      spark: createSpark(() => null),
      problem: {
        code: 'GROUP_AUTHORIZATION_FAILED',
        message: 'Kafka denies the portal this group.',
      },
    }),
    createGroup({
      groupId: 'energy-websocket',
      status: 'UNKNOWN',
      since: ago(90_000),
      lag: '12',
      timeLag: { kind: 'unknown', ms: null },
      consumedPerSecond: null,
      eta: { kind: 'unknown' },
      topics: ['homelab.energy', 'homelab.heatpump', 'homelab.temperature'],
      spark: createSpark(share => (share < 0.95 ? null : 12)),
    }),
    createGroup({
      groupId: 'old-dashboard',
      status: 'NO_COMMIT',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      consumedPerSecond: 0,
      eta: { kind: 'unknown' },
      memberCount: 0,
      state: 'Empty',
      topics: ['homelab.energy'],
      ownerRefs: [],
      spark: createSpark(() => null),
    }),
    createGroup({
      groupId: 'migration-2024',
      status: 'ORPHANED',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      producedPerSecond: null,
      consumedPerSecond: null,
      memberCount: 0,
      state: 'Empty',
      topics: ['energy-v1'],
      ownerRefs: [],
      spark: createSpark(() => null),
    }),
    createGroup({
      groupId: 'nightly-report',
      status: 'IDLE',
      since: ago(9 * 60 * minute),
      producedPerSecond: 0,
      consumedPerSecond: 0,
      memberCount: 0,
      memberlessSince: ago(9 * 60 * minute),
      state: 'Empty',
      topics: ['homelab.energy'],
      entityRefs: [],
      ownerRefs: [],
    }),
    createGroup({
      groupId: 'timescale-sink',
      lag: '31',
      timeLag: { kind: 'estimated', ms: 2_400 },
      eta: { kind: 'draining', ms: 3_000 },
      spark: createSpark(share => 30 + 25 * Math.sin(share * 40)),
    }),
    createGroup({
      groupId: 'mqtt-kafka-bridge-redrive',
      topics: ['homelab.ingest.redrive'],
      producedPerSecond: 0,
      consumedPerSecond: 0,
    }),
    createGroup({
      groupId: 'billing-export',
      cluster: 'cloud',
      producedPerSecond: 12_840.2,
      consumedPerSecond: 12_861.7,
      lag: '18234',
      timeLag: { kind: 'estimated', ms: 1_400 },
      eta: { kind: 'draining', ms: 14 * minute },
      topics: ['cloud.billing.meter-readings.v2'],
      ownerRefs: ['group:default/billing'],
      spark: createSpark(share => 18_000 + 4_000 * Math.sin(share * 9)),
    }),
  ];
}

/** One judged group, and others that are warming up. */
export function justStarted(): GroupSummary[] {
  const young = ['energy-websocket', 'timescaledb-rooms', 'heatpump-alerts'];
  return [
    ...young.map(groupId =>
      createGroup({
        groupId,
        status: 'UNKNOWN',
        since: ago(20_000),
        lag: '3',
        timeLag: { kind: 'unknown', ms: null },
        producedPerSecond: null,
        consumedPerSecond: null,
        eta: { kind: 'unknown' },
        spark: createSpark(share => (share < 0.98 ? null : 3)),
      }),
    ),
    createGroup(),
  ];
}

/** Very long names everywhere. */
export function longNames(): GroupSummary[] {
  const groupId =
    'production.europe-west.billing.meter-readings.enrichment-and-validation.consumer';
  const topic =
    'production.europe-west.billing.meter-readings.enriched-and-validated-by-household.v2.retry-after-fifteen-minutes.compacted';
  return mixedGroups()
    .slice(1, 6)
    .map(({ sentence: _ofShortName, ...group }, index) =>
      createGroup({
        ...group,
        groupId: `${groupId}-${index}`,
        topics: [topic],
        lag: '18446744073709551615',
        producedPerSecond: 1_284_000.2,
        consumedPerSecond: 0.004,
        ownerRefs: ['group:default/billing-and-settlement-platform-team'],
      }),
    );
}

const statuses: LagStatus[] = [
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'WARN',
];

/** More groups than fit on a screen. */
export function manyGroups(count: number): GroupSummary[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, index) => {
    const status =
      statuses[Math.floor(random() * statuses.length)] ?? ('OK' as const);
    const lag = status === 'OK' ? Math.floor(random() * 40) : 4_000;
    const overrides = {
      groupId: `service-${String(index).padStart(3, '0')}-consumer`,
      topics: [`domain-${index % 40}.events`],
      lag: String(lag),
      spark: createSpark(share => lag * (0.5 + share / 2)),
    };
    return status === 'OK'
      ? createGroup(overrides)
      : createLaggingGroup(overrides);
  }).sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ severity }: GroupSummary): number {
  return severity === 'ok' ? 1 : 0;
}
