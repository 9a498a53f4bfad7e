import type {
  HeatPumpSummary,
  HeatPumpWindow,
} from '@homelab/homelab-api-client';
import {
  Notice,
  Panel,
  PanelTitle,
  Quantity,
  Tile,
  formatDate,
  formatNumber,
  reasonOf,
  useSiteClock,
  whenNarrow,
} from '@homelab/portal-react/ui';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import type { Figure } from '../../figure';
import { Details } from './Details';
import { windowWords } from './windowWords';

const Tiles = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
  gap: theme.spacing(3, 2),
  margin: theme.spacing(2, 0, 0),
  [whenNarrow]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(0.5, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

const boundaryWords: Record<HeatPumpSummary['boundary'], string> = {
  H3: 'the source and the auxiliary heaters count, the circulation pumps do not (boundary H3)',
};

function WindowTile(props: {
  label: string;
  window: HeatPumpWindow | null;
  /** Before what the figure is made of. */
  note?: string;
}) {
  const { label, window, note } = props;
  const lines = windowWords(window);
  return (
    <Tile
      label={`${window?.name ?? 'COP'} ${label}`}
      note={
        <>
          {[...(note === undefined ? [] : [note]), ...lines].map(line => (
            <span key={line}>{line}</span>
          ))}
        </>
      }
    >
      <Quantity value={window?.cop} decimals={1} unit="" />
    </Tile>
  );
}

function NowTile({ now }: Pick<HeatPumpSummary, 'now'>) {
  const words =
    now === null
      ? 'no readings'
      : `${formatNumber(now.heat_kw, 2)} kW heat from ${formatNumber(now.electric_kw, 2)} kW`;
  return (
    <Tile
      label="COP last 30 min"
      note={
        <>
          <span>
            {now !== null && now.cop === null ? 'it hardly ran' : words}
          </span>
          {now?.estimated && <span>estimated</span>}
        </>
      }
    >
      <Quantity value={now?.cop} decimals={1} unit="" />
    </Tile>
  );
}

function Known({ summary }: { summary: HeatPumpSummary }) {
  const { timeZone } = useSiteClock();
  const { now, today, last_30_days: month, season, last_year: year } = summary;
  const since = (window: HeatPumpWindow | null) =>
    window === null ? undefined : `since ${formatDate(window.from, timeZone)}`;
  return (
    <>
      <Quiet>
        Heat for each unit of electricity: {boundaryWords[summary.boundary]}.
      </Quiet>
      <Tiles>
        <NowTile now={now} />
        <WindowTile label="today" window={today} />
        <WindowTile label="30 days" window={month} />
        <WindowTile label="season" window={season} note={since(season)} />
        {year?.name === 'SPF' && <WindowTile label="last year" window={year} />}
      </Tiles>
      <Details summary={summary} />
      {summary.settings_unavailable !== null && (
        <Notice isInside title="The settings of the heat pumps are not used.">
          {summary.settings_unavailable}
        </Notice>
      )}
    </>
  );
}

/** How much heat the heat pump makes from its electricity, now and over time. */
export function EfficiencyPanel(props: { summary: Figure<HeatPumpSummary> }) {
  const { value, error } = props.summary;
  return (
    <Panel aria-label="Efficiency">
      <PanelTitle>Efficiency</PanelTitle>
      {error && (
        <Notice isInside title="Newer figures cannot be read.">
          {reasonOf(error)}
        </Notice>
      )}
      {value && <Known summary={value} />}
      {!value && !error && (
        <Tiles role="status" aria-label="Loading the efficiency">
          {['now', 'today', 'month', 'season'].map(key => (
            <Skeleton key={key} variant="rounded" height={84} />
          ))}
        </Tiles>
      )}
    </Panel>
  );
}
