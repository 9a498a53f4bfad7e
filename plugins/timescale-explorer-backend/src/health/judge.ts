import { stringifyError } from '@backstage/errors';
import { byWeight } from '@homelab/plugin-timescale-explorer-common';
import type {
  Finding,
  NotJudged,
  OverviewResponse,
} from '@homelab/plugin-timescale-explorer-common';
import type { ExplorerDatabase } from '../services/ExplorerDatabase';
import { aggregateFindings } from './aggregateFindings';
import { evidence } from './evidence';
import {
  hypertableFindings,
  lateChunkFindings,
  policyFindings,
} from './hypertableFindings';
import { jobFindings } from './jobFindings';
import { diskFindings, useFindings, versionFindings } from './serverFindings';
import { indexFindings, tableFindings } from './tableFindings';

/** Judges a database. A part that cannot be read is a finding of its own. */
export async function judge(
  database: ExplorerDatabase,
  nowMs: number,
): Promise<Omit<OverviewResponse, 'now'>> {
  const server = await database.server();
  const problems: Finding[] = [];
  const part = async <T>(what: string, read: Promise<T>, without: T) =>
    read.catch((error: unknown) => {
      problems.push(checkFailed(what, error));
      return without;
    });
  const [hypertables, { jobs }, { aggregates }, late, use, tables, indexes] =
    await Promise.all([
      part('Hypertables', database.hypertables(), []),
      part('Jobs', database.jobs(), { jobs: [], notes: [] }),
      part('Aggregates', database.aggregates(), { aggregates: [], note: null }),
      part('Chunks beyond their policy', database.lateChunks(), []),
      part('The use of the server', database.serverUse(), undefined),
      part('The use of tables', database.tableUse(), []),
      part('The use of indexes', database.indexes(), []),
    ]);
  const { diskBytes } = database.config;
  const findings = [
    ...problems,
    ...jobFindings(jobs, nowMs),
    ...hypertableFindings(hypertables, use?.cacheBytes),
    ...policyFindings(hypertables, jobs, server),
    ...lateChunkFindings(late),
    ...aggregateFindings(aggregates, jobs, nowMs),
    ...tableFindings(tables),
    ...indexFindings(indexes, use?.statisticsSince ?? null, nowMs),
    ...(use ? useFindings(use) : []),
    ...versionFindings(server, nowMs),
    ...(diskBytes === undefined
      ? []
      : diskFindings(server, hypertables, jobs, { diskBytes, nowMs })),
  ];
  return {
    server,
    totals: totalsOf(hypertables),
    findings: findings.sort(byWeight),
    notJudged: notJudged(database, server, use?.seesAll ?? true),
  };
}

function checkFailed(what: string, error: unknown): Finding {
  return {
    kind: 'check-failed',
    severity: 'unknown',
    object: null,
    title: `${what} could not be read`,
    consequence: 'What depends on it is not judged.',
    evidence: evidence({ 'It said': stringifyError(error) }),
    sql: null,
  };
}

function totalsOf(
  hypertables: Awaited<ReturnType<ExplorerDatabase['hypertables']>>,
): OverviewResponse['totals'] {
  const sum = (of: (table: (typeof hypertables)[number]) => number | null) =>
    hypertables.reduce<number | null>((total, table) => {
      const value = of(table);
      return value === null ? total : (total ?? 0) + value;
    }, null);
  return {
    hypertables: hypertables.length,
    chunks: sum(({ chunks }) => chunks) ?? 0,
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes) ?? 0,
    bytesPerDay: sum(({ bytesPerDay }) => bytesPerDay),
  };
}

function notJudged(
  { config }: ExplorerDatabase,
  server: OverviewResponse['server'],
  seesAll: boolean,
): NotJudged[] {
  const list: NotJudged[] = [];
  if (server.edition === 'none')
    list.push({
      what: 'Hypertables, aggregates and policies',
      reason: 'The extension timescaledb is not installed in this database.',
    });
  if (server.edition === 'apache')
    list.push({
      what: 'Columnstore, retention and refresh policies',
      reason:
        'The Apache edition of TimescaleDB has none; jobs of pg_cron that replace them are judged as jobs.',
    });
  if (server.cron === 'hidden')
    list.push({
      what: 'Jobs of pg_cron',
      reason:
        'The role of the explorer may not see them: the README of the plugin has the grant and the policy.',
    });
  if (config.diskBytes === undefined)
    list.push({
      what: 'When the disk is full',
      reason:
        'A database does not know its disk: set diskBytes in timescaleExplorer.databases.',
    });
  if (!seesAll)
    list.push({
      what: 'Transactions of other roles',
      reason: 'Grant pg_read_all_stats to the role of the explorer.',
    });
  return list;
}
