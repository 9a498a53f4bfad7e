import type { GroupEvent } from '@homelab/plugin-consumer-lag-common';
import {
  formatDayTime,
  StatusIcon,
  useSiteClock,
  whenNarrow,
} from '@homelab/portal-react';
import RebalanceIcon from '@mui/icons-material/CachedOutlined';
import MembersIcon from '@mui/icons-material/GroupOutlined';
import ResetIcon from '@mui/icons-material/RestoreOutlined';
import RedriveIcon from '@mui/icons-material/ReplayOutlined';
import { styled } from '@mui/material/styles';
import type { ElementType } from 'react';

/** A change of status has the icon of the new status. */
const icons: Partial<Record<GroupEvent['kind'], ElementType>> = {
  rebalance: RebalanceIcon,
  members: MembersIcon,
  reset: ResetIcon,
  redrive: RedriveIcon,
};

/** The charts show them all. */
const maxEvents = 8;

const Title = styled('h4')({
  margin: 0,
  fontSize: '0.875rem',
  fontWeight: 600,
});

const List = styled('ol')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  padding: 0,
  listStyle: 'none',
  fontSize: '0.875rem',
  lineHeight: 1.4,
  '& li': {
    display: 'grid',
    gridTemplateColumns: '18px 128px minmax(0, 1fr)',
    alignItems: 'center',
    gap: theme.spacing(0, 1.5),
    padding: theme.spacing(0.5, 0),
    [whenNarrow]: {
      gridTemplateColumns: '18px minmax(0, 1fr)',
      '& > :last-child': { gridColumn: 2 },
    },
  },
  '& time': {
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

/** The events that are marked in the charts, newest first. */
export function EventList(props: { events: readonly GroupEvent[] }) {
  const { events } = props;
  const { timeZone } = useSiteClock();
  const newest = [...events].reverse().slice(0, maxEvents);
  const cut = events.length - newest.length;
  return (
    <section aria-label="Events">
      <Title>Events</Title>
      {newest.length === 0 && (
        <Quiet>No rebalances, no resets, no change of status.</Quiet>
      )}
      <List>
        {newest.map(({ at, kind, severity, text }) => (
          <li key={`${at} ${kind} ${text}`}>
            <StatusIcon
              tone={
                kind !== 'status' && severity === 'ok' ? 'unknown' : severity
              }
              icon={icons[kind]}
              sizePx={18}
            />
            <time dateTime={at}>{formatDayTime(at, timeZone)}</time>
            <span>{text}</span>
          </li>
        ))}
      </List>
      {cut > 0 && <Quiet>{cut} older events are marked in the charts.</Quiet>}
    </section>
  );
}
