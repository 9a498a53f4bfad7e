import type {
  Aggregate,
  Database,
  Finding,
  Hypertable,
  HypertableResponse,
  Job,
  OverviewResponse,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import type { TimescaleExplorerApi } from '../api';

const now = () => new Date().toISOString();

export const server: Server = {
  postgresVersion: '17.12',
  postgresMajor: 17,
  timescaleVersion: '2.19.3',
  timescaleAvailable: '2.19.3',
  edition: 'apache',
  cron: 'readable',
  bytes: 1_200_000_000,
};

/** A database that answers. */
export const createDatabase = (more: Partial<Database> = {}): Database => ({
  id: 'home',
  title: 'Home',
  server,
  problem: null,
  ...more,
});

/** A job that fails. */
export const createFinding = (more: Partial<Finding> = {}): Finding => ({
  kind: 'job-failed',
  severity: 'act',
  object: null,
  title: 'The job apply-retention failed',
  consequence: 'Old data stays, and the disk fills.',
  evidence: [{ label: 'It said', value: 'division by zero' }],
  sql: 'CALL public.apply_retention();',
  ...more,
});

/** A job of pg_cron that succeeds. */
export const createJob = (more: Partial<Job> = {}): Job => ({
  scheduler: 'pg_cron',
  id: '1',
  name: 'refresh-rollups',
  kind: 'own',
  target: null,
  schedule: '* * * * *',
  everyMs: 60_000,
  isScheduled: true,
  owner: 'homelab_owner',
  command: 'CALL public.refresh_rollups()',
  limits: {},
  lastStatus: 'succeeded',
  lastStartedAt: now(),
  lastSucceededAt: now(),
  lastDurationMs: 23,
  lastError: null,
  nextStartAt: now(),
  overdueSince: null,
  totalRuns: 1440,
  totalFailures: 0,
  runs: [],
  ...more,
});

/** An hourly aggregate that is refreshed. */
export const createAggregate = (more: Partial<Aggregate> = {}): Aggregate => ({
  name: 'public.readings_hourly',
  kind: 'continuous',
  source: 'public.readings',
  bucket: '01:00:00',
  bucketMs: 3_600_000,
  timeZone: null,
  isRealTime: false,
  watermarkAt: '2026-11-30T11:00:00.000Z',
  problem: null,
  pending: { count: 0, from: null, to: null },
  refresh: {
    job: '1001',
    startOffset: '3 days',
    endOffset: '01:00:00',
    everyMs: 1_800_000,
    lastSucceededAt: now(),
    nextStartAt: now(),
    lastStatus: 'succeeded',
  },
  bytes: 1_000_000,
  ...more,
});

/** A hypertable of three chunks. */
export const createHypertable = (
  more: Partial<Hypertable> = {},
): Hypertable => ({
  schema: 'public',
  name: 'readings',
  owner: 'homelab_owner',
  timeColumn: 'time',
  chunkIntervalMs: 86_400_000,
  bytes: 45_000_000,
  rows: 300_000,
  chunks: 3,
  columnstoreChunks: 1,
  medianChunkBytes: 15_000_000,
  bytesPerDay: 15_000_000,
  oldestAt: '2026-11-27T00:00:00.000Z',
  newestAt: '2026-11-30T00:00:00.000Z',
  hasUniqueKey: true,
  isColumnstoreOn: true,
  segmentBy: 'device_id',
  orderBy: '"time" DESC',
  ...more,
});

const hypertable = (): HypertableResponse => ({
  now: now(),
  hypertable: createHypertable(),
  chunks: (['columnstore', 'rowstore', 'rowstore'] as const).map(
    (state, index) => ({
      name: `_hyper_1_${index}_chunk`,
      from: `2026-11-${27 + index}T00:00:00.000Z`,
      to: `2026-11-${28 + index}T00:00:00.000Z`,
      state,
      bytes: 15_000_000,
      rows: state === 'rowstore' ? 100_000 : null,
    }),
  ),
  edges: [],
  conversion: { chunks: 1, bytesBefore: 60_000_000, bytesNow: 15_000_000 },
  indexes: [],
  jobs: [],
});

const overview = (): OverviewResponse => ({
  now: now(),
  server,
  totals: {
    hypertables: 3,
    chunks: 273,
    rows: 15_204_113,
    bytes: 1_100_000_000,
    bytesPerDay: 14_000_000,
  },
  findings: [],
  notJudged: [{ what: 'When the disk is full', reason: 'Set diskBytes.' }],
});

/** A fake API of one healthy database, with overrides. */
export function createFakeApi(
  overrides: Partial<TimescaleExplorerApi> = {},
): TimescaleExplorerApi {
  return {
    getDatabases: async () => ({ now: now(), databases: [createDatabase()] }),
    getOverview: async () => overview(),
    getHypertables: async () => ({
      now: now(),
      hypertables: [createHypertable()],
    }),
    getHypertable: async () => hypertable(),
    getAggregates: async () => ({
      now: now(),
      aggregates: [createAggregate()],
      note: null,
    }),
    getJobs: async () => ({ now: now(), jobs: [createJob()], notes: [] }),
    getCatalogue: async () => ({
      now: now(),
      tables: [
        {
          schema: 'public',
          name: 'readings',
          timeColumn: 'time',
          columns: [
            { name: 'device_id', type: 'text' },
            { name: 'time', type: 'timestamp with time zone' },
          ],
        },
      ],
    }),
    runQuery: async () => ({
      now: now(),
      columns: [
        { name: 'device', type: 'text' },
        { name: 'n', type: 'bigint' },
      ],
      rows: [
        ['=meter', '9223372036854775807'],
        [null, '-1'],
      ],
      endedBy: 'end',
      tookMs: 12,
    }),
    cancelQuery: async () => ({ wasRunning: true }),
    ...overrides,
  };
}
