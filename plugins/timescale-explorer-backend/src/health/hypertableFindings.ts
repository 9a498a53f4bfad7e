import {
  formatBytes,
  sqlInterval,
} from '@homelab/plugin-timescale-explorer-common';
import type {
  Finding,
  Hypertable,
  Job,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import type { LateChunks } from '../reads/lateChunks';
import { literal, quoted } from '../reads/sql';
import { evidence } from './evidence';

/** Share of the cache that the newest chunk may take: it and its neighbours are written to. */
const largestShare = 0.25;
/** Planning takes longer with every chunk; fewer than this are no burden. */
const manyChunks = 1000;
const smallBytes = 10e6;
const goodBytes = 100e6;

const nameOf = ({ schema, name }: Hypertable) => `${schema}.${name}`;

/** Chunks of the wrong size, keys and settings that are missing. */
export function hypertableFindings(
  hypertables: readonly Hypertable[],
  cacheBytes: number | undefined,
): Finding[] {
  return hypertables.flatMap(table =>
    [chunkSize(table, cacheBytes), uniqueKey(table), segmentBy(table)].flatMap(
      finding => finding ?? [],
    ),
  );
}

function chunkSize(
  table: Hypertable,
  cacheBytes: number | undefined,
): Finding | undefined {
  const { medianChunkBytes: median, chunkIntervalMs: interval } = table;
  if (median === null || interval === null) return undefined;
  const shown = (factor: number) => ({
    severity: 'watch' as const,
    object: nameOf(table),
    evidence: evidence({
      'Typical chunk': formatBytes(median),
      Chunks: table.chunks,
      'Chunk interval': sqlInterval(interval),
      'Memory for cache':
        cacheBytes === undefined ? null : formatBytes(cacheBytes),
    }),
    sql: `-- For new chunks; those that exist keep their interval.\nSELECT set_chunk_time_interval(${literal(quoted(nameOf(table)))}, INTERVAL ${literal(sqlInterval(intervalOf(interval * factor)))});`,
  });
  if (cacheBytes !== undefined && median > cacheBytes * largestShare) {
    const factor = Math.max(1 / 24, (cacheBytes * largestShare) / (2 * median));
    return {
      kind: 'chunk-too-big',
      title: `The chunks of ${nameOf(table)} are too big for memory`,
      consequence:
        'Writing reads indexes from disk, and old data is dropped in large steps.',
      ...shown(factor),
    };
  }
  if (table.chunks >= manyChunks && median < smallBytes) {
    const factor = Math.min(90, Math.max(2, Math.floor(goodBytes / median)));
    return {
      kind: 'chunk-too-small',
      title: `${nameOf(table)} has ${table.chunks.toLocaleString('en-GB')} chunks that are very small`,
      consequence:
        'Planning a query over all of them takes longer than running it.',
      ...shown(factor),
    };
  }
  return undefined;
}

/** Whole hours, or whole days from one day on. */
function intervalOf(ms: number): number {
  const stepMs = ms >= 86_400_000 ? 86_400_000 : 3_600_000;
  return Math.max(stepMs, Math.round(ms / stepMs) * stepMs);
}

function uniqueKey(table: Hypertable): Finding | undefined {
  if (table.hasUniqueKey) return undefined;
  const columns = table.segmentBy ?? 'device_id';
  return {
    kind: 'unique-key-missing',
    severity: 'watch',
    object: nameOf(table),
    title: `${nameOf(table)} has no unique key`,
    consequence: 'What is delivered twice is stored twice, and counted twice.',
    evidence: evidence({ 'Time column': table.timeColumn, Rows: table.rows }),
    sql: `-- Name the columns that tell one row from another, beside the time.\nCREATE UNIQUE INDEX ON ${quoted(nameOf(table))} (${columns}, ${table.timeColumn});`,
  };
}

function segmentBy(table: Hypertable): Finding | undefined {
  if (!table.isColumnstoreOn || table.segmentBy !== null) return undefined;
  return {
    kind: 'segmentby-unset',
    severity: 'watch',
    object: nameOf(table),
    title: `The columnstore of ${nameOf(table)} has no segmentby`,
    consequence:
      'A query for one device decompresses the rows of all, and compression is worse.',
    evidence: evidence({
      'Columnstore chunks': `${table.columnstoreChunks} of ${table.chunks}`,
      Orderby: table.orderBy,
    }),
    sql: `-- Name the column that queries filter by. It holds for chunks converted from now on.\nALTER TABLE ${quoted(nameOf(table))} SET (timescaledb.compress, timescaledb.compress_segmentby = 'device_id');`,
  };
}

/** Policies that a hypertable should have, where the edition has policies. */
export function policyFindings(
  hypertables: readonly Hypertable[],
  jobs: readonly Job[],
  server: Server,
): Finding[] {
  if (server.edition !== 'community') return [];
  return hypertables.flatMap(table => {
    const name = nameOf(table);
    const policy = (kind: Job['kind']) =>
      jobs.find(job => job.kind === kind && job.target === name);
    const relation = literal(quoted(name));
    return [
      missing(policy('retention'), {
        object: name,
        what: 'retention policy',
        consequence: 'It keeps everything, and grows without end.',
        sql: `-- Choose how long data is kept.\nSELECT add_retention_policy(${relation}, INTERVAL '90 days');`,
        size: table.bytes,
      }),
      table.isColumnstoreOn
        ? missing(policy('columnstore'), {
            object: name,
            what: 'columnstore policy',
            consequence:
              'Its columnstore is on, but nothing converts chunks to it.',
            sql: `SELECT add_compression_policy(${relation}, INTERVAL '7 days');`,
            size: table.bytes,
          })
        : undefined,
    ].flatMap(finding => finding ?? []);
  });
}

function missing(
  job: Job | undefined,
  policy: {
    object: string;
    what: string;
    consequence: string;
    sql: string;
    size: number;
  },
): Finding | undefined {
  if (job?.isScheduled) return undefined;
  const { object, what, consequence } = policy;
  return {
    kind: 'policy-missing',
    severity: 'watch',
    object,
    title: job
      ? `The ${what} of ${object} is paused`
      : `${object} has no ${what}`,
    consequence,
    evidence: evidence({ Size: formatBytes(policy.size), Job: job?.id }),
    sql: job ? `SELECT alter_job(${job.id}, scheduled => true);` : policy.sql,
  };
}

/** Chunks that a policy should have converted. */
export function lateChunkFindings(late: readonly LateChunks[]): Finding[] {
  return late.map(({ table, jobId, count, oldest }) => ({
    kind: 'uncompressed-beyond-policy',
    severity: 'watch',
    object: table,
    title: `${count} ${count === 1 ? 'chunk' : 'chunks'} of ${table} should be in the columnstore by now`,
    consequence: 'They take many times the space.',
    evidence: evidence({ Job: jobId, 'Oldest chunk': oldest }),
    sql: `CALL run_job(${jobId});`,
  }));
}
