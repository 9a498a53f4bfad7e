import { rankOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import type { Sorting } from '@homelab/portal-react';

export const topicColumns = [
  'worst',
  'topic',
  'produced',
  'records',
  'partitions',
  'moved',
] as const;

export type TopicColumn = (typeof topicColumns)[number];

/** Sorts topics, equal ones by name. */
export function sortTopics(
  topics: readonly TopicSummary[],
  { by, isFalling }: Sorting<TopicColumn>,
): TopicSummary[] {
  const sign = isFalling ? -1 : 1;
  return [...topics].sort(
    (a, b) => sign * compare[by](a, b) || a.topic.localeCompare(b.topic),
  );
}

const compare: Record<
  TopicColumn,
  (a: TopicSummary, b: TopicSummary) => number
> = {
  worst: (a, b) => troubleOf(a) - troubleOf(b),
  topic: (a, b) => a.topic.localeCompare(b.topic),
  produced: (a, b) => (a.producedPerSecond ?? -1) - (b.producedPerSecond ?? -1),
  records: (a, b) => Number(BigInt(a.records ?? -1) - BigInt(b.records ?? -1)),
  partitions: (a, b) => a.partitionCount - b.partitionCount,
  moved: (a, b) => (a.movedAt ?? '').localeCompare(b.movedAt ?? ''),
};

/** Higher for a topic with a worse group; topics without groups come last. */
function troubleOf({ readers }: TopicSummary): number {
  return Math.max(-100, ...readers.map(({ status }) => -rankOfStatus(status)));
}
