import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type {
  Finding,
  Hypertable,
  Job,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { literal } from '../reads/sql';
import type { ServerUse } from '../reads/statistics';
import { evidence } from './evidence';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** When each major version of PostgreSQL gets its last fixes. */
const lastFixes: Readonly<Record<number, string>> = {
  13: '2025-11-13',
  14: '2026-11-12',
  15: '2027-11-11',
  16: '2028-11-09',
  17: '2029-11-08',
  18: '2030-11-14',
};

/** Connections near the limit, and transactions that stay open. */
export function useFindings(use: ServerUse): Finding[] {
  return [connections(use), longTransaction(use)].flatMap(
    finding => finding ?? [],
  );
}

function connections(use: ServerUse): Finding | undefined {
  const share = use.connections / use.maxConnections;
  if (share < 0.8) return undefined;
  return {
    kind: 'connections-near-limit',
    severity: share < 0.95 ? 'watch' : 'act',
    object: null,
    title: `${use.connections} of ${use.maxConnections} connections are taken`,
    consequence: 'When none is left, programs can no longer connect.',
    evidence: evidence({
      Connections: use.connections,
      'At most': use.maxConnections,
    }),
    sql: 'SELECT usename, application_name, state, count(*)\nFROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;',
  };
}

function longTransaction({ oldest }: ServerUse): Finding | undefined {
  if (oldest === null || oldest.ageMs < 10 * minuteMs) return undefined;
  const age = formatDuration(oldest.ageMs);
  return {
    kind: 'long-transaction',
    severity: oldest.ageMs < 60 * minuteMs ? 'watch' : 'act',
    object: null,
    title: `A transaction of ${oldest.user} has been open for ${age}`,
    consequence:
      'Dead rows cannot be removed and chunks cannot be dropped while it is open.',
    evidence: evidence({
      Process: String(oldest.pid),
      Application: oldest.application || 'unnamed',
      State: oldest.state,
    }),
    sql: `SELECT pg_terminate_backend(${oldest.pid});`,
  };
}

/** Versions that are behind. */
export function versionFindings(server: Server, nowMs: number): Finding[] {
  const findings: Finding[] = [];
  const { timescaleVersion, timescaleAvailable, postgresMajor } = server;
  if (timescaleVersion !== null && timescaleVersion !== timescaleAvailable)
    findings.push({
      kind: 'version-behind',
      severity: 'watch',
      object: null,
      title: `This database has TimescaleDB ${timescaleVersion}, the server ${timescaleAvailable ?? 'none'}`,
      consequence: 'Fixes that are installed on the server are not in use.',
      evidence: evidence({
        'In this database': timescaleVersion,
        'On the server': timescaleAvailable,
      }),
      sql: '-- First in a new session, with psql -X.\nALTER EXTENSION timescaledb UPDATE;',
    });
  const last = lastFixes[postgresMajor];
  if (last !== undefined && Date.parse(last) - nowMs < 180 * dayMs)
    findings.push({
      kind: 'version-behind',
      severity: 'watch',
      object: null,
      title: `PostgreSQL ${postgresMajor} ${Date.parse(last) < nowMs ? 'gets no fixes any more' : `gets its last fixes on ${last}`}`,
      consequence: 'Known holes stay open.',
      evidence: evidence({
        Version: server.postgresVersion,
        'Last fixes': last,
      }),
      sql: null,
    });
  return findings;
}

/** How many days of a year ahead the disk lasts; null if it lasts longer. */
export function daysUntilFull(
  usedBytes: number,
  diskBytes: number,
  growth: readonly { bytesPerDay: number; daysLeft: number }[],
): number | null {
  for (let day = 1; day <= 365; day += 1) {
    const grown = growth.reduce(
      (sum, { bytesPerDay, daysLeft }) =>
        sum + bytesPerDay * Math.min(day, daysLeft),
      usedBytes,
    );
    if (grown >= diskBytes) return day;
  }
  return null;
}

/** Whether the disk lasts, by the growth of the last 30 days and by what retention drops. */
export function diskFindings(
  server: Server,
  hypertables: readonly Hypertable[],
  jobs: readonly Job[],
  options: { diskBytes: number; nowMs: number },
): Finding[] {
  const { diskBytes, nowMs } = options;
  const growth = hypertables.map(table => ({
    bytesPerDay: table.bytesPerDay ?? 0,
    daysLeft: daysUntilDropped(table, jobs, nowMs),
  }));
  const days = daysUntilFull(server.bytes, diskBytes, growth);
  if (days === null || days >= 90) return [];
  const perDay = growth.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0);
  const [largest] = hypertables;
  return [
    {
      kind: 'disk-full-soon',
      severity: days < 30 ? 'act' : 'watch',
      object: null,
      title: `The disk is full in ${days} ${days === 1 ? 'day' : 'days'}`,
      consequence: 'A full disk stops the database.',
      evidence: evidence({
        Used: formatBytes(server.bytes),
        Disk: formatBytes(diskBytes),
        'Grows per day': formatBytes(perDay),
      }),
      sql: largest
        ? `-- What the largest table would free.\nSELECT show_chunks(${literal(`${largest.schema}.${largest.name}`)}, older_than => INTERVAL '60 days');`
        : null,
    },
  ];
}

/** Days until retention drops as much of a table as is added. */
function daysUntilDropped(
  table: Hypertable,
  jobs: readonly Job[],
  nowMs: number,
): number {
  const name = `${table.schema}.${table.name}`;
  const keptMs = jobs.find(
    job => job.kind === 'retention' && job.target === name && job.isScheduled,
  )?.limits.drop_after?.ms;
  if (keptMs === undefined || keptMs === null || table.oldestAt === null)
    return Infinity;
  const ageMs = nowMs - Date.parse(table.oldestAt);
  return Math.max(0, (keptMs - ageMs) / dayMs);
}
