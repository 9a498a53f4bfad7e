import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import { maxBandDays } from '@homelab/plugin-heat-pump-common';
import type { History } from '@homelab/plugin-heat-pump-common';
import {
  BandLegend,
  TimeSeriesChart,
  useSiteClock,
} from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useId, useMemo } from 'react';
import { chartBandsOf, rangeOf } from './bandLooks';
import { EnergyPerDay } from './EnergyPerDay';
import { powerChart, temperatureChart } from './heatPumpCharts';

const dayMs = 86_400_000;
/** From here on a day is wide enough to look at, and narrow enough for a bar. */
const minBarDays = 10;

const Charts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

/** Energy, power and temperatures on one time axis. */
export function HistoryCharts(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  pumpHistory: History;
  meterHistory: History | undefined;
  range: TimeRange;
  onZoom(range: TimeRange | null): void;
}) {
  const { pumpHistory, meterHistory, range, onZoom } = props;
  const { timeZone } = useSiteClock();
  const syncKey = useId();
  const temperatures = useMemo(
    () => temperatureChart(pumpHistory),
    [pumpHistory],
  );
  const powers = useMemo(
    () => powerChart(pumpHistory, meterHistory),
    [pumpHistory, meterHistory],
  );
  const bands = useMemo(() => chartBandsOf(pumpHistory.bands), [pumpHistory]);
  const pumpGaps = useMemo(() => pumpHistory.gaps.map(rangeOf), [pumpHistory]);
  const meterGaps = useMemo(
    () => (meterHistory?.gaps ?? []).map(rangeOf),
    [meterHistory],
  );
  const days = (range.toMs - range.fromMs) / dayMs;
  const perDay = pumpHistory.bucketMs >= dayMs;
  const common = { range, onZoom, syncKey, timeZone };
  const power = powers.lines.length > 0 && (
    <TimeSeriesChart
      {...common}
      perDay={perDay}
      bands={bands}
      title="Power"
      chart={powers}
      gaps={meterHistory ? meterGaps : pumpGaps}
      unit="kW"
      decimals={2}
      zeroBased
      height={170}
    />
  );
  return (
    <Charts>
      {days >= minBarDays && (
        <EnergyPerDay
          {...common}
          heatPumpId={props.heatPump.deviceId}
          meterId={props.meter?.deviceId}
          // The mean power of a day is its energy by another name.
          instead={perDay && power}
        />
      )}
      {!perDay && power}
      <TimeSeriesChart
        {...common}
        perDay={perDay}
        bands={bands}
        title="Temperatures"
        chart={temperatures}
        gaps={pumpGaps}
        unit="°C"
        decimals={1}
        height={280}
      />
      <BandLegend bands={bands} />
      {days > maxBandDays && (
        <Quiet>
          Runs, hot water, defrosts and alarms are drawn for ranges of up to 30
          days. Zoom in to see them.
        </Quiet>
      )}
    </Charts>
  );
}
