import { useApi } from '@backstage/frontend-plugin-api';
import { formatDuration } from '@homelab/plugin-consumer-lag-common';
import type {
  ExactTimeLagResponse,
  GroupPartition,
} from '@homelab/plugin-consumer-lag-common';
import { formatExactTime, reasonOf, useSiteClock } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { consumerLagApiRef } from '../../api';
import type { GroupRef } from '../../api';
import { partitionName } from '../partitionName';

const Small = styled(Button)(({ theme }) => ({
  alignSelf: 'flex-start',
  minHeight: 28,
  marginTop: theme.spacing(0.5),
  padding: theme.spacing(0, 1),
  marginLeft: theme.spacing(-1),
  fontSize: '0.75rem',
  '@media (pointer: coarse)': { minHeight: 44 },
}));

type Measured =
  | { state: 'not-asked' | 'asking' }
  | { state: 'done'; answer: ExactTimeLagResponse }
  | { state: 'failed'; reason: string };

/** Reads the oldest unread record of a partition, once, on demand. */
export function ExactTimeLag(props: {
  group: GroupRef;
  partition: Pick<GroupPartition, 'topic' | 'partition'>;
}) {
  const { group, partition } = props;
  const api = useApi(consumerLagApiRef);
  const { timeZone } = useSiteClock();
  const [measured, setMeasured] = useState<Measured>({ state: 'not-asked' });
  async function measure() {
    setMeasured({ state: 'asking' });
    try {
      const answer = await api.getExactTimeLag({
        cluster: group.cluster,
        groupId: group.groupId,
        topic: partition.topic,
        partition: partition.partition,
      });
      setMeasured({ state: 'done', answer });
    } catch (error) {
      setMeasured({ state: 'failed', reason: reasonOf(error) });
    }
  }
  const name = partitionName(partition);
  return (
    <>
      <span role="status">
        {measured.state === 'done' && describe(measured.answer, name, timeZone)}
        {measured.state === 'failed' && `Not measured: ${measured.reason}`}
      </span>
      <Small
        disabled={measured.state === 'asking'}
        title={`Reads the timestamp of the oldest unread record of ${name}`}
        onClick={measure}
      >
        {measured.state === 'asking' ? 'Measuring…' : 'Measure exactly'}
      </Small>
    </>
  );
}

function describe(
  { timeLag, recordAt }: ExactTimeLagResponse,
  name: string,
  timeZone: string,
): string {
  if (timeLag.kind === 'unknown') {
    return `The oldest unread record of ${name} has no usable timestamp.`;
  }
  if (timeLag.ms === null || recordAt === null) {
    return `Nothing is unread in ${name}.`;
  }
  return `Exactly ${formatDuration(timeLag.ms)} in ${name}: its record is from ${formatExactTime(recordAt, timeZone)}.`;
}
