import type { Band } from '@homelab/heat-pump';
import { maxBandDays } from '@homelab/plugin-heat-pump-common/messages';
import type { History } from '@homelab/plugin-heat-pump-common/messages';
import {
  Panel,
  PanelTitle,
  formatDayTime,
  formatDuration,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import { bandLooks } from '../HistoryPanel';

/** More would crowd out the rest of the page; the charts show all. */
const maxEvents = 12;

const List = styled('ol')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  padding: 0,
  listStyle: 'none',
}));

const Row = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '8px minmax(0, 1fr) auto',
  alignItems: 'baseline',
  gap: theme.spacing(0, 1.5),
  padding: theme.spacing(0.75, 0),
  borderBottom: `1px solid ${theme.palette.divider}`,
  fontSize: '0.875rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
}));

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontSize: '0.8125rem',
}));

const Mark = styled('span')({ width: 8, height: 8, borderRadius: 2 });

/** How long an event lasted, and whether that is known. */
export function lengthWords(band: Band, isLast: boolean): string {
  const length = formatDuration(Date.parse(band.to) - Date.parse(band.from));
  if (band.openEnd && isLast) return `for ${length} now`;
  if (band.openStart || band.openEnd) return `at least ${length}`;
  return length;
}

function emptyWords(history: History | undefined): string {
  if (history === undefined) return 'Shown once the history is loaded.';
  const { from, to } = history;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days > maxBandDays
    ? 'Events are listed for ranges of up to 30 days.'
    : 'No events in this range.';
}

/** The events in the range, newest first. */
export function EventList(props: { history: History | undefined }) {
  const { history } = props;
  const { timeZone } = useSiteClock();
  const { mode } = useTheme().palette;
  const bands = history?.bands ?? [];
  const newest = [...bands].reverse().slice(0, maxEvents);
  const lastTime = bands.reduce(
    (latest, { to }) => (to > latest ? to : latest),
    '',
  );
  const cut = bands.length - newest.length;
  return (
    <Panel aria-label="Events">
      <PanelTitle>Events</PanelTitle>
      {newest.length === 0 && <Quiet>{emptyWords(history)}</Quiet>}
      <List>
        {newest.map(band => {
          const look = bandLooks[band.kind];
          return (
            <Row key={`${band.kind} ${band.from}`}>
              <Mark
                aria-hidden
                sx={{ background: measurementColours[look.colour][mode] }}
              />
              <span>
                {look.label}
                {band.label !== null && `: ${band.label}`}
                <br />
                <Quiet>
                  {band.openStart ? 'before ' : ''}
                  {formatDayTime(band.from, timeZone)}
                </Quiet>
              </span>
              <span>{lengthWords(band, band.to === lastTime)}</span>
            </Row>
          );
        })}
      </List>
      {cut > 0 && <Quiet>{cut} older events are in the charts above.</Quiet>}
    </Panel>
  );
}
