import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { formatTimeLag } from '@homelab/plugin-consumer-lag-common';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import { styled } from '@mui/material/styles';
import { groupRouteRef } from '../../routes';
import { LagStatusIcon } from '../LagStatusMark';

const List = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0, 2),
  margin: 0,
  padding: 0,
  listStyle: 'none',
  minWidth: 0,
  '& li': {
    display: 'inline-flex',
    alignItems: 'baseline',
    gap: 6,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  '& svg': { alignSelf: 'center' },
  '& span': { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

/** Keeps rows short; the page of the topic lists them all. */
const maxNamed = 4;

/** The consumer groups of a topic, and their lag. */
export function Readers(props: {
  topic: Pick<TopicSummary, 'cluster' | 'readers'>;
  stale: boolean;
}) {
  const { cluster, readers } = props.topic;
  const link = useRouteRef(groupRouteRef);
  const named = readers.slice(0, maxNamed);
  return (
    <List>
      {named.map(({ groupId, status, timeLag }) => (
        <li key={groupId}>
          <LagStatusIcon status={status} stale={props.stale} sizePx={16} />
          <Link to={link?.({ cluster, groupId }) ?? ''}>{groupId}</Link>
          {timeLag.kind !== 'caught-up' && formatTimeLag(timeLag) !== '' && (
            <span>{formatTimeLag(timeLag)}</span>
          )}
        </li>
      ))}
      {readers.length > named.length && (
        <li>and {readers.length - named.length} more</li>
      )}
    </List>
  );
}
