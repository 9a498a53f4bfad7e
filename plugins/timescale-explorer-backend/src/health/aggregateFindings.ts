import { sqlInterval } from '@homelab/plugin-timescale-explorer-common';
import type {
  Aggregate,
  Finding,
  Job,
} from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { literal, quoted } from '../reads/sql';
import { evidence } from './evidence';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Aggregates that are behind, that nothing refreshes, or whose refresh deletes history. */
export function aggregateFindings(
  aggregates: readonly Aggregate[],
  jobs: readonly Job[],
  nowMs: number,
): Finding[] {
  return aggregates.flatMap(aggregate => {
    const job = jobs.find(({ id }) => id === aggregate.refresh?.job);
    return [
      unrefreshed(aggregate),
      stale(aggregate, job, nowMs),
      tooWide(aggregate, job, jobs),
    ].flatMap(finding => finding ?? []);
  });
}

function unrefreshed({ name, kind, refresh }: Aggregate): Finding | undefined {
  if (refresh !== null) return undefined;
  return {
    kind: 'policy-missing',
    severity: 'act',
    object: name,
    title: `Nothing refreshes ${name}`,
    consequence: 'It stays as it is while its source changes.',
    evidence: [],
    sql:
      kind === 'continuous'
        ? `SELECT add_continuous_aggregate_policy(${literal(quoted(name))}, start_offset => INTERVAL '3 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '30 minutes');`
        : null,
  };
}

function stale(
  aggregate: Aggregate,
  job: Job | undefined,
  nowMs: number,
): Finding | undefined {
  const { name, refresh, watermarkAt, pending } = aggregate;
  if (refresh === null) return undefined;
  const patienceMs = 2 * (refresh.everyMs ?? 0) + 5 * minuteMs;
  const refreshedAt = refresh.lastSucceededAt;
  // Without new data a watermark stands still, however often it is refreshed.
  const isRefreshed =
    refreshedAt !== null && nowMs - Date.parse(refreshedAt) < patienceMs;
  if (isRefreshed) return undefined;
  const behindMs = behind(aggregate, nowMs);
  const allowedMs =
    (job?.limits.end_offset?.ms ?? 0) + (aggregate.bucketMs ?? 0) + patienceMs;
  if (behindMs === null || behindMs <= allowedMs) return undefined;
  return {
    kind: 'aggregate-stale',
    severity: 'act',
    object: name,
    title: `${name} is ${formatDuration(behindMs)} behind`,
    consequence: 'Whoever reads it sees old values, or none.',
    evidence: evidence({
      Watermark: watermarkAt,
      'Last refresh': refreshedAt ?? 'never',
      'Changes that wait': pending?.count,
      'Refreshed by': `job ${refresh.job}`,
    }),
    sql:
      aggregate.kind === 'continuous'
        ? `CALL refresh_continuous_aggregate(${literal(quoted(name))}, ${watermarkAt ? literal(watermarkAt) : 'NULL'}, now());`
        : null,
  };
}

function behind(aggregate: Aggregate, nowMs: number): number | null {
  const at =
    aggregate.kind === 'rollup' && aggregate.pending
      ? aggregate.pending.from
      : aggregate.watermarkAt;
  return at === null ? null : nowMs - Date.parse(at);
}

/**
 * A refresh of a range whose source was dropped deletes the aggregate of that range:
 * timescale/timescaledb#2198.
 */
function tooWide(
  aggregate: Aggregate,
  job: Job | undefined,
  jobs: readonly Job[],
): Finding | undefined {
  const retention = jobs.find(
    ({ kind, target }) => kind === 'retention' && target === aggregate.source,
  );
  const dropAfter = retention?.limits.drop_after;
  if (job === undefined || dropAfter?.ms === undefined || dropAfter.ms === null)
    return undefined;
  const start = job.limits.start_offset;
  const startMs = start?.ms ?? Infinity;
  if (startMs < dropAfter.ms) return undefined;
  const safe = sqlInterval(Math.max(dayMs, dropAfter.ms - 2 * dayMs));
  return {
    kind: 'refresh-wider-than-retention',
    severity: 'act',
    object: aggregate.name,
    title: `Refreshing ${aggregate.name} deletes its history`,
    consequence: `Its refresh reaches back further than ${aggregate.source} keeps data: what was dropped there is deleted here as well.`,
    evidence: evidence({
      'Refresh begins': start?.text ? `${start.text} ago` : 'at the beginning',
      [`${aggregate.source} keeps`]: dropAfter.text,
    }),
    sql: `SELECT alter_job(job_id, config => jsonb_set(config, '{start_offset}', '"${safe}"'))\nFROM timescaledb_information.jobs WHERE job_id = ${job.id};`,
  };
}
