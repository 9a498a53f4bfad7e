import ScheduleIcon from '@mui/icons-material/Schedule';
import { styled } from '@mui/material/styles';
import { VisuallyHidden } from '../Panel';
import { formatAge, formatExactTime } from './formatTime';
import { useFromAge, useSiteClock } from './SiteClock';

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  fontSize: '0.75rem',
  lineHeight: 'inherit',
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
}));

const agoWords = (ageMs: number) =>
  ageMs < 1000 ? 'now' : `${formatAge(ageMs)} ago`;

/**
 * How long ago something happened: "2 s ago", or "last seen 4 min ago" with a clock icon once
 * it is old. Hovering shows the exact time in the site's time zone.
 */
export function Age(props: {
  at: string;
  isOld?: boolean;
  /** Text before an age that is not old, such as `as of `. */
  prefix?: string;
  /** Shows only the clock icon and leaves "last seen" to screen readers. */
  compact?: boolean;
}) {
  const { at, isOld = false } = props;
  const ago = useFromAge(at, agoWords);
  const { timeZone } = useSiteClock();
  const LastSeen = props.compact ? VisuallyHidden : 'span';
  return (
    <Root title={formatExactTime(at, timeZone)}>
      {isOld && <ScheduleIcon aria-hidden sx={{ fontSize: '1.1em' }} />}
      <time dateTime={at}>
        {!isOld && props.prefix}
        {isOld && <LastSeen>last seen </LastSeen>}
        {ago}
      </time>
    </Root>
  );
}
