import type { Aggregate } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import type { OverallSentence } from '@homelab/portal-common';

/** An aggregate with what is made of it. */
export interface LineageNode {
  aggregate: Aggregate;
  made: LineageNode[];
}

/** The tables that aggregates begin with, each with what is made of it, level by level. */
export function lineageOf(
  aggregates: readonly Aggregate[],
): { source: string; made: LineageNode[] }[] {
  const madeOf = (source: string, above: readonly string[]): LineageNode[] =>
    aggregates
      .filter(
        aggregate =>
          aggregate.source === source && !above.includes(aggregate.name),
      )
      .map(aggregate => ({
        aggregate,
        made: madeOf(aggregate.name, [...above, aggregate.name]),
      }));
  const names = new Set(aggregates.map(({ name }) => name));
  const sources = new Set(
    aggregates.map(({ source }) => source).filter(name => !names.has(name)),
  );
  return [...sources].map(source => ({ source, made: madeOf(source, []) }));
}

/** How far behind the present an aggregate is; null when that is not known. */
export function behindMs(aggregate: Aggregate, nowMs: number): number | null {
  if (aggregate.watermarkAt === null) return null;
  // The watermark is the end of a bucket, which may lie ahead.
  return Math.max(0, nowMs - Date.parse(aggregate.watermarkAt));
}

/** The answer to whether the aggregates are kept, in one sentence. */
export function describeAggregates(
  aggregates: readonly Aggregate[],
  nowMs: number,
): OverallSentence {
  if (aggregates.length === 0)
    return { severity: 'unknown', text: 'There are no aggregates' };
  const failing = aggregates.find(
    ({ refresh }) => refresh?.lastStatus === 'failed',
  );
  if (failing)
    return {
      severity: 'act',
      text: `The refresh of ${failing.name} failed`,
    };
  const alone = aggregates.find(({ refresh }) => refresh === null);
  if (alone)
    return { severity: 'act', text: `Nothing refreshes ${alone.name}` };
  const unread = aggregates.find(({ problem }) => problem !== null);
  if (unread)
    return {
      severity: 'unknown',
      text: `How far ${unread.name} is cannot be seen`,
    };
  const known = aggregates.flatMap(one => behindMs(one, nowMs) ?? []);
  const count =
    aggregates.length === 1
      ? 'The aggregate is'
      : `All ${aggregates.length} aggregates are`;
  if (known.length === 0)
    return { severity: 'unknown', text: `${count} still empty` };
  const behind = Math.max(...known);
  return {
    severity: 'ok',
    text:
      behind === 0
        ? `${count} up to date`
        : `${count} refreshed, the slowest up to ${formatDuration(behind)} ago`,
  };
}
