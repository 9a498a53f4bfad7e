import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  HeatPumpSummary,
  MeterComparison,
} from '@homelab/homelab-api-client';
import {
  Notice,
  Panel,
  PanelTitle,
  Quantity,
  Tile,
  formatClock,
  reasonOf,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import Skeleton from '@mui/material/Skeleton';
import { styled, useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import type { Figure } from '../../figure';
import { CompareBars } from './CompareBars';
import { differenceWords } from './differenceWords';
import { Periods } from './Periods';
import { periodsOf } from './periodsOf';

const Tiles = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: theme.spacing(2),
  margin: theme.spacing(2, 0),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

/** What the energy of today has cost so far, or why that is not known. */
function CostTile(props: { cost: Figure<EnergyCosts>; from: string }) {
  const { value, error } = props.cost;
  const startMs = Date.parse(props.from);
  const today = value?.data.find(
    ({ timestamp }) => Date.parse(timestamp) === startMs,
  );
  const share = Math.floor((today?.priced_share ?? 1) * 100);
  const note = () => {
    if (error) return reasonOf(error);
    if (value === undefined) return 'loading';
    if (value.unavailable !== null) return value.unavailable;
    if (today === undefined || today.cost === null) return 'no price for today';
    return share < 100 ? `for ${share} % of the hours` : 'so far';
  };
  return (
    <Tile label="Cost today" note={<span>{note()}</span>}>
      <Quantity value={today?.cost} decimals={2} unit={value?.currency ?? ''} />
    </Tile>
  );
}

function Compared(props: {
  meter: MeterComparison;
  cost: Figure<EnergyCosts>;
  summary: HeatPumpSummary | undefined;
}) {
  const { today, yesterday, similar_days, similar_mean_kwh } = props.meter;
  const { timeZone } = useSiteClock();
  const { mode } = useTheme().palette;
  const clock = formatClock(yesterday.to, timeZone);
  const percent = Math.floor(today.coverage * 100);
  const bars = [
    { label: 'Today', kwh: today.energy_kwh, isMain: true },
    { label: `Yesterday by ${clock}`, kwh: yesterday.energy_kwh },
    ...(similar_days.length === 0
      ? []
      : [{ label: `Days as cold by ${clock}`, kwh: similar_mean_kwh }]),
  ];
  return (
    <>
      <Tiles>
        <Tile
          label="Energy today"
          markColour={measurementColours.electricity[mode]}
          note={
            <>
              <span>the whole house</span>
              {percent < 100 && <span>readings for {percent} %</span>}
              {today.estimated && <span>estimated in part</span>}
            </>
          }
        >
          <Quantity value={today.energy_kwh} decimals={1} unit="kWh" />
        </Tile>
        <CostTile cost={props.cost} from={today.from} />
        <PumpTiles summary={props.summary} />
      </Tiles>
      <CompareBars bars={bars} />
      <Quiet>{differenceWords(today.energy_kwh, yesterday.energy_kwh)}</Quiet>
    </>
  );
}

/** Energy and cost of today, and how that compares with yesterday by the same time. */
export function TodayPanel(props: {
  /** How many meters there are to choose from, while none is chosen. */
  meters: number | 'chosen';
  comparison: Figure<EnergyComparison>;
  cost: Figure<EnergyCosts>;
  /** Energy and cost of each day since the beginning of last year. */
  days?: Figure<EnergyBuckets>;
  dayCosts?: Figure<EnergyCosts>;
  /** What the heat pump took of it. */
  summary?: Figure<HeatPumpSummary>;
}) {
  const { meters, days, dayCosts, comparison, cost, summary } = props;
  return (
    <Panel aria-label="Today">
      <PanelTitle>Today and yesterday</PanelTitle>
      {meters === 'chosen' ? (
        <>
          <Shown comparison={comparison} cost={cost} summary={summary} />
          <PeriodsShown days={days?.value} costs={dayCosts?.value} />
        </>
      ) : (
        <Quiet>
          {meters > 1
            ? `Shown once one of the ${meters} electricity meters is chosen above.`
            : 'Shown once the electricity meter of the house sends readings.'}
        </Quiet>
      )}
    </Panel>
  );
}

/** This month and year beside the ones before. */
function PeriodsShown(props: {
  days: EnergyBuckets | undefined;
  costs: EnergyCosts | undefined;
}) {
  const { timeZone, clockOffsetMs } = useSiteClock();
  const nowMs = useNow(60_000) + clockOffsetMs;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(nowMs);
  const { days, costs } = props;
  const periods = useMemo(
    () => periodsOf(days, costs, today),
    [days, costs, today],
  );
  return <Periods periods={periods} currency={costs?.currency ?? null} />;
}

/** What the heat pump took today, and how often it started. */
function PumpTiles({ summary }: { summary: HeatPumpSummary | undefined }) {
  const { mode } = useTheme().palette;
  if (summary === undefined) return null;
  const { today, last_24_hours: day } = summary;
  const electric = today?.electric_kwh ?? null;
  return (
    <>
      {today !== null && electric !== null && (
        <Tile
          label="Heat pump today"
          markColour={measurementColours.electricity[mode]}
          note={
            <span>
              {today.estimated ? 'estimated in part' : 'of the house'}
            </span>
          }
        >
          <Quantity
            value={electric}
            decimals={today.estimated ? 0 : 1}
            unit="kWh"
          />
        </Tile>
      )}
      <Tile label="Starts" note={<span>of the compressor, in 24 hours</span>}>
        <Quantity value={day.runs} decimals={0} unit="" />
      </Tile>
    </>
  );
}

function Shown(props: {
  comparison: Figure<EnergyComparison>;
  cost: Figure<EnergyCosts>;
  summary: Figure<HeatPumpSummary> | undefined;
}) {
  const { value, error } = props.comparison;
  const meter = value?.data[0];
  return (
    <>
      {error && (
        <Notice isInside title="Newer figures cannot be read.">
          {reasonOf(error)}
        </Notice>
      )}
      {meter && (
        <Compared
          meter={meter}
          cost={props.cost}
          summary={props.summary?.value}
        />
      )}
      {value && !meter && (
        <Quiet>
          The meter has no counter of energy, or none of its readings are stored
          yet.
        </Quiet>
      )}
      {!value && !error && (
        <Skeleton
          variant="rounded"
          height={180}
          sx={{ marginTop: 2 }}
          role="status"
          aria-label="Loading the energy of today"
        />
      )}
    </>
  );
}
