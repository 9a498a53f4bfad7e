import type {
  Database,
  Finding,
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
    ...overrides,
  };
}
