import type {
  HeatPumpLegionella,
  HeatPumpSummary,
  HeatPumpWindow,
} from '@homelab/homelab-api-client';
import {
  formatDayTime,
  formatDuration,
  formatNumber,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
  gap: theme.spacing(0, 4),
  margin: theme.spacing(3, 0, 0),
  fontSize: '0.875rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
  '& > div': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& dt': { color: theme.palette.text.secondary },
  '& dd': {
    margin: 0,
    textAlign: 'right',
    color: theme.palette.text.primary,
  },
}));

type Known = [label: string, words: string];

/** A number with its unit, or nothing to list. */
function known(
  label: string,
  value: number | null | undefined,
  decimals: number,
  unit: string,
): Known[] {
  if (value === null || value === undefined) return [];
  return [[label, `${formatNumber(value, decimals)} ${unit}`.trim()]];
}

function ofWindow(window: HeatPumpWindow | null): Known[] {
  if (window === null) return [];
  const percent = (share: number | null) => share && share * 100;
  return [
    ...known('COP of heating', window.space_cop, 1, ''),
    ...known('COP of hot water', window.hot_water_cop, 1, ''),
    ...known('Of an ideal machine', percent(window.carnot_share), 0, '%'),
    ...known('Mean supply while running', window.supply_temp, 1, '°C'),
    ...known('Running', percent(window.duty), 0, '% of the time'),
    ...known('Standby', window.standby_w, 0, 'W'),
    ...known('Auxiliary heater', window.aux_heater_kwh, 1, 'kWh'),
    ...known('Heat loss of the house', window.heat_loss_w_per_k, 0, 'W/K'),
  ];
}

/** When the tank was last hot; nothing where there may be none. */
function ofTank(legionella: HeatPumpLegionella, timeZone: string): Known[] {
  const { last_success_at: last, searched_from: from } = legionella;
  const label = 'Tank last at 60 °C for 30 min';
  if (last !== null) return [[label, formatDayTime(last, timeZone)]];
  return legionella.interval_days === null
    ? []
    : [[label, `never since ${formatDayTime(from, timeZone)}`]];
}

/** Further figures of the last 30 days, of the last day, and of the tank, as far as known. */
export function Details({ summary }: { summary: HeatPumpSummary }) {
  const { timeZone } = useSiteClock();
  const { last_24_hours: day, legionella } = summary;
  const minutes = (value: number | null) =>
    value === null ? [] : [formatDuration(value * 60_000)];
  const rows: Known[] = [
    ...ofWindow(summary.last_30_days),
    ['Starts in 24 h', String(day.runs)],
    ...minutes(day.median_minutes).map((words): Known => ['Usual run', words]),
    ...minutes(day.shortest_minutes).map((words): Known => [
      'Shortest run',
      words,
    ]),
    ...ofTank(legionella, timeZone),
  ];
  return (
    <List aria-label="Of the last 30 days">
      {rows.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </List>
  );
}
