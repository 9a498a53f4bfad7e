import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { GroupLine } from '@homelab/plugin-consumer-lag-common';
import { staleLook } from '@homelab/portal-react';
import {
  formatCount,
  formatDuration,
  formatRate,
  statusWords,
} from '@homelab/plugin-consumer-lag-common';
import { styled } from '@mui/material/styles';
import { groupRouteRef } from '../../routes';
import { TimeLagFigure } from '../Figures';
import { LagStatusIcon } from '../LagStatusMark';

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });

const Item = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '20px minmax(0, 1fr) auto',
  gap: theme.spacing(0, 1.25),
  alignItems: 'center',
  padding: theme.spacing(1, 0),
  fontSize: '0.875rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
  '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  '& a': { fontWeight: 600, overflowWrap: 'anywhere' },
  '& .behind': { fontWeight: 600, textAlign: 'right', whiteSpace: 'nowrap' },
  '& .quiet': {
    gridColumn: '2 / -1',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

/** Groups in two short lines each, for small views. */
export function GroupLines(props: {
  groups: readonly GroupLine[];
  stale: boolean;
}) {
  const link = useRouteRef(groupRouteRef);
  return (
    <List style={props.stale ? staleLook : undefined}>
      {props.groups.map(group => {
        const { cluster, groupId, status, timeLag } = group;
        return (
          <Item key={`${cluster}/${groupId}`}>
            <LagStatusIcon status={status} stale={props.stale} />
            <Link to={link?.({ cluster, groupId }) ?? ''}>{groupId}</Link>
            <span className="behind">
              <TimeLagFigure timeLag={timeLag} isInColumn />
            </span>
            <span className="quiet">{wordsOf(group)}</span>
          </Item>
        );
      })}
    </List>
  );
}

function wordsOf({ status, eta, lag }: GroupLine): string {
  const word = statusWords[status];
  if (status === 'OK') return word;
  switch (eta.kind) {
    case 'draining':
      return `${word}, caught up in ${formatDuration(eta.ms)}`;
    case 'falling-behind':
      // Not "loses": that means records deleted unread.
      return `${word}, ${formatRate(eta.recordsPerSecond)} records more every second`;
    case 'not-moving':
      return lag === null ? word : `${word}, ${formatCount(lag)} unread`;
    default:
      return word;
  }
}
