import type { Cluster } from '@homelab/plugin-consumer-lag-common';
import {
  formatAge,
  formatExactTime,
  reasonOf,
  useSiteClock,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import ScheduleIcon from '@mui/icons-material/ScheduleOutlined';
import { styled } from '@mui/material/styles';

const Line = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 6,
  fontVariantNumeric: 'tabular-nums',
});

/** How many polls may fail before data counts as old. */
const missedPolls = 3;

/** The oldest of the clusters' last polls; null when none has been read. */
function readAtOf(clusters: readonly Cluster[]): string | null {
  const times = clusters.flatMap(({ polledAt }) => polledAt ?? []);
  return times.length === 0 ? null : times.reduce((a, b) => (a < b ? a : b));
}

/** Whether data is too old, because the portal or because Kafka does not answer. */
export function isOld(
  clusters: readonly Cluster[],
  polled: Pick<Polled<unknown>, 'stale' | 'nowMs'>,
): boolean {
  if (polled.stale) return true;
  return clusters.some(
    ({ polledAt, pollIntervalMs }) =>
      polledAt !== null &&
      polled.nowMs - Date.parse(polledAt) > missedPolls * pollIntervalMs,
  );
}

/**
 * The age of the data, and the cause when it is not updated: the portal does not answer the
 * browser, or Kafka does not answer the portal.
 */
export function DataAge(props: {
  clusters: readonly Cluster[];
  polled: Pick<Polled<unknown>, 'stale' | 'nowMs' | 'error'>;
}) {
  const { clusters, polled } = props;
  const { timeZone } = useSiteClock();
  const readAt = readAtOf(clusters);
  if (readAt === null) return <Line>Kafka has not been read yet</Line>;
  const age = formatAge(polled.nowMs - Date.parse(readAt));
  const blame = blameOf(clusters, polled);
  return (
    <Line title={`Read from Kafka at ${formatExactTime(readAt, timeZone)}`}>
      {blame !== '' && <ScheduleIcon aria-hidden style={{ fontSize: 16 }} />}
      <time dateTime={readAt}>
        as of {age} ago{blame}
      </time>
    </Line>
  );
}

function blameOf(
  clusters: readonly Cluster[],
  polled: Pick<Polled<unknown>, 'stale' | 'nowMs' | 'error'>,
): string {
  if (polled.error !== undefined) {
    return `, the portal does not answer: ${reasonOf(polled.error)}`;
  }
  if (polled.stale) return ', the portal does not answer';
  return isOld(clusters, polled) ? ', Kafka does not answer' : '';
}
