import type {
  Aggregate,
  Job,
  PolicyEdge,
} from '@homelab/plugin-timescale-explorer-common';

/** From which time on each policy acts on a hypertable, for the axis of its chunks. */
export function policyEdges(
  table: string,
  known: {
    jobs: readonly Job[];
    aggregates: readonly Aggregate[];
    nowMs: number;
  },
): PolicyEdge[] {
  const { jobs, aggregates, nowMs } = known;
  const at = (agoMs: number) => new Date(nowMs - agoMs).toISOString();
  const own = jobs
    .filter(({ target, isScheduled }) => target === table && isScheduled)
    .flatMap(({ kind, limits }): PolicyEdge[] => {
      const drop = limits.drop_after;
      const convert = limits.compress_after;
      if (kind === 'retention' && typeof drop?.ms === 'number')
        return [
          {
            kind,
            at: at(drop.ms),
            words: `dropped when older than ${drop.text}`,
          },
        ];
      if (kind === 'columnstore' && typeof convert?.ms === 'number')
        return [
          {
            kind,
            at: at(convert.ms),
            words: `converted when older than ${convert.text}`,
          },
        ];
      return [];
    });
  const refreshes = aggregates
    .filter(({ source }) => source === table)
    .flatMap(({ name, refresh }): PolicyEdge[] => {
      const start = jobs.find(({ id }) => id === refresh?.job)?.limits
        .start_offset;
      return typeof start?.ms === 'number'
        ? [
            {
              kind: 'refresh',
              at: at(start.ms),
              words: `${name} is refreshed from here on`,
            },
          ]
        : [];
    });
  return [...own, ...refreshes];
}
