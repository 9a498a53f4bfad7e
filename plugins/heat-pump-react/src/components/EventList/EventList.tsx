import { maxBandDays } from '@homelab/plugin-heat-pump-common/messages';
import type { History } from '@homelab/plugin-heat-pump-common/messages';
import {
  Panel,
  PanelTitle,
  formatDayTime,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import Button from '@mui/material/Button';
import { styled, useTheme } from '@mui/material/styles';
import { useState } from 'react';
import { bandLooks } from '../HistoryPanel';
import { lengthWords } from './lengthWords';

/** More would crowd out the rest of the page. */
const maxEvents = 8;

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

function emptyWords(history: History | undefined): string {
  if (history === undefined) return 'Shown once the history is loaded.';
  const { from, to } = history;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days > maxBandDays
    ? 'Events are listed for ranges of up to 30 days.'
    : 'No events in this range.';
}

/** The events in the range, newest first. */
export function EventList(props: {
  history: History | undefined;
  /** The heat pump still sends readings: what has not ended goes on. */
  isCurrent: boolean;
}) {
  const { history, isCurrent } = props;
  const { timeZone } = useSiteClock();
  const { mode } = useTheme().palette;
  const [showsAll, setShowsAll] = useState(false);
  const bands = history?.bands ?? [];
  const newest = [...bands]
    .reverse()
    .slice(0, showsAll ? undefined : maxEvents);
  const lastTime = bands.reduce(
    (latest, { to }) => (to > latest ? to : latest),
    '',
  );
  return (
    <Panel aria-label="Events">
      <PanelTitle>Events</PanelTitle>
      {newest.length === 0 && <Quiet>{emptyWords(history)}</Quiet>}
      <List>
        {newest.map(band => {
          const look = bandLooks[band.kind];
          const isLast = isCurrent && band.to === lastTime;
          const words = { isLast, timeZone };
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
              <span>{lengthWords(band, words)}</span>
            </Row>
          );
        })}
      </List>
      {bands.length > maxEvents && (
        <Button size="small" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer' : `Show all ${bands.length}`}
        </Button>
      )}
      {history?.bandsTruncated === true && (
        <Quiet>
          This range has more changes than are read at once, so the list ends
          early. Choose a shorter range to see the rest.
        </Quiet>
      )}
    </Panel>
  );
}
