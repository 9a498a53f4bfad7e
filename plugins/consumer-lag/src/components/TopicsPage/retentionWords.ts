import { formatDuration } from '@homelab/plugin-consumer-lag-common';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import { dash } from '@homelab/portal-react';

/** The retention of a topic in words. */
export function retentionWords(
  topic: Pick<TopicSummary, 'retentionMs' | 'cleanupPolicy'>,
): string {
  const policies = (topic.cleanupPolicy ?? '').split(',');
  const isCompacted = policies.includes('compact');
  if (isCompacted && !policies.includes('delete')) return 'newest of each key';
  if (topic.retentionMs === null) {
    return topic.cleanupPolicy === null ? dash : 'forever';
  }
  const kept = formatDuration(topic.retentionMs);
  return isCompacted ? `${kept}, newest of each key` : kept;
}
