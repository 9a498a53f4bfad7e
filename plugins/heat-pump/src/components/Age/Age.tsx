import { formatAge } from '@homelab/plugin-heat-pump-common';
import type { DeviceReading } from '@homelab/plugin-heat-pump-common';
import ScheduleIcon from '@mui/icons-material/Schedule';
import { styled } from '@mui/material/styles';
import { VisuallyHidden } from '../Panel';
import { useAge, useHouseClock } from './AgeContext';
import { formatExactTime } from './formatTime';

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  fontSize: '0.75rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
}));

/**
 * How long ago a reading was made: "2 s ago", or "last seen 4 min ago" once it is no
 * longer fresh. The exact time is shown on hover, in the time zone of the site.
 */
export function Age(props: {
  reading: DeviceReading;
  prefix?: string;
  /** The clock stands for the words "last seen", which are then only heard. */
  compact?: boolean;
}) {
  const { ageMs, freshness } = useAge(props.reading);
  const { siteTimeZone } = useHouseClock();
  const { timestamp } = props.reading.reading;
  const ago = ageMs < 1000 ? 'now' : `${formatAge(ageMs)} ago`;
  const isFresh = freshness === 'fresh';
  const LastSeen = props.compact ? VisuallyHidden : 'span';
  return (
    <Root title={formatExactTime(timestamp, siteTimeZone)}>
      {!isFresh && <ScheduleIcon aria-hidden sx={{ fontSize: '1.1em' }} />}
      <time dateTime={timestamp}>
        {isFresh && props.prefix}
        {!isFresh && <LastSeen>last seen </LastSeen>}
        {ago}
      </time>
    </Root>
  );
}
