import {
  auxHeaterKw,
  copOf,
  freshnessOf,
  hasAlarm,
  heatOutputOf,
  isAuxHeaterOn,
} from '@homelab/heat-pump';
import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import { ReadingAge, lookOf } from '@homelab/plugin-heat-pump-react';
import {
  Quantity,
  formatNumber,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { doingOf } from '../house/describe-house.ts';
import { Card, Quiet } from './Card.tsx';

const State = styled('div')({
  fontSize: '1.75rem',
  fontWeight: 600,
  lineHeight: 1.2,
  letterSpacing: '-0.015em',
});

const Numbers = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: theme.spacing(1.5, 2),
  margin: 0,
  marginTop: 'auto',
  '& dt': { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  '& dd': {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    lineHeight: 1.25,
    letterSpacing: '-0.01em',
  },
  '&:not([data-freshness="fresh"]) dd': {
    color: theme.palette.text.secondary,
  },
}));

const Bar = styled('div')({
  display: 'flex',
  gap: 3,
  height: 14,
  '& > div': {
    borderRadius: 4,
    transition: 'flex-grow 250ms',
    minWidth: 4,
  },
  '& > div:first-of-type': { borderRadius: '7px 4px 4px 7px' },
  '& > div:last-of-type': { borderRadius: '4px 7px 7px 4px' },
});

/** How much of the heat is paid for, as a bar: the rest comes from outside. */
function HeatBar(props: { electricKw: number; heatKw: number }) {
  const { electricKw, heatKw } = props;
  const { mode } = useTheme().palette;
  const freeKw = Math.max(0, heatKw - electricKw);
  const times = formatNumber(heatKw / electricKw, 1);
  return (
    <div>
      <Bar aria-hidden>
        <div
          style={{
            flexGrow: electricKw,
            background: measurementColours.electricity[mode],
          }}
        />
        <div
          style={{
            flexGrow: freeKw,
            background: measurementColours.heat[mode],
          }}
        />
      </Bar>
      <Quiet sx={{ marginTop: 1 }}>
        {times} times as much heat as electricity
      </Quiet>
    </div>
  );
}

/** What the heat pump does, takes and gives. */
export function HeatPumpCard({
  heatPump,
}: {
  heatPump: HeatpumpDeviceReading;
}) {
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1_000) + clockOffsetMs;
  const { reading, deviceId } = heatPump;
  const freshness = freshnessOf(nowMs - Date.parse(heatPump.asOf), heatPump);
  const summary = useFigure(
    ['summary', deviceId],
    options => api.heatPumpSummary(deviceId, options),
    60_000,
  );
  const heat = heatOutputOf(reading);
  const electricKw = reading.power_consumption_kw;
  const cop = freshness === 'fresh' ? copOf(reading).value : null;
  const doing = doingOf(reading).replace(/^is /, '');
  const words = `${doing.charAt(0).toUpperCase()}${doing.slice(1)}`;
  const isFresh = freshness === 'fresh';
  const copToday = summary.value?.today?.cop ?? null;
  const known = [
    ['Electricity', electricKw, lookOf(heatPump, 'power_consumption_kw')],
    ['Heat', heat.value, lookOf(heatPump, 'heat_output_kw')],
    ['Hot water', reading.hot_water_temp, lookOf(heatPump, 'hot_water_temp')],
    ['COP today', copToday, { decimals: 1, unit: '' }],
  ] as const;
  return (
    <Card
      title="Heat pump"
      to="/heat-pump"
      aside={<ReadingAge reading={heatPump} compact />}
    >
      <State>
        {isFresh ? words : 'Silent'}
        {isFresh && hasAlarm(reading) && ', alarm'}
      </State>
      {cop !== null && electricKw !== null && heat.value !== null && (
        <HeatBar
          electricKw={electricKw + (auxHeaterKw(reading) ?? 0)}
          heatKw={heat.value}
        />
      )}
      {isFresh && isAuxHeaterOn(reading) === true && (
        <Quiet>The electric heater helps.</Quiet>
      )}
      <Numbers data-freshness={freshness}>
        {known.map(
          ([label, value, look]) =>
            value !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <Quantity
                    value={value}
                    decimals={look.decimals}
                    unit={look.unit}
                  />
                </dd>
              </div>
            ),
        )}
      </Numbers>
    </Card>
  );
}
