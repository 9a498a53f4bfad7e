import { maxBandDays } from '@homelab/plugin-heat-pump-common/messages';
import type { History } from '@homelab/plugin-heat-pump-common/messages';
import { BandLegend, TimeSeriesChart } from '@homelab/portal-react/charts';
import { useSiteClock } from '@homelab/portal-react/ui';
import type { TimeRange } from '@homelab/portal-react/charts';
import { styled } from '@mui/material/styles';
import { useId, useMemo } from 'react';
import { chartBandsOf, estimatedBandsOf, rangeOf } from './bandLooks';
import { EnergyPerDay } from './EnergyPerDay';
import { powerChart, temperatureChart } from './heatPumpCharts';
import { minBarDays } from './heatPumpHistory';
import type { HeatPumpHistory } from './heatPumpHistory';

const dayMs = 86_400_000;

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
  pumpHistory: History;
  meterHistory: History | undefined;
  energy: HeatPumpHistory['energy'];
  /** What a point stands for: `mean of 5 min`. */
  pointWords: string;
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
  const bands = useMemo(
    () => [
      ...chartBandsOf(pumpHistory.bands),
      ...estimatedBandsOf(pumpHistory.estimated),
    ],
    [pumpHistory],
  );
  const powerBands = useMemo(
    () => [...bands, ...estimatedBandsOf(meterHistory?.estimated ?? [])],
    [bands, meterHistory],
  );
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
      pointWords={props.pointWords}
      bands={powerBands}
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
          energy={props.energy}
          // The mean power of a day is its energy by another name.
          instead={perDay && power}
        />
      )}
      {!perDay && power}
      <TimeSeriesChart
        {...common}
        perDay={perDay}
        pointWords={props.pointWords}
        bands={bands}
        title="Temperatures"
        chart={temperatures}
        gaps={pumpGaps}
        unit="°C"
        decimals={1}
        height={280}
      />
      <BandLegend bands={powerBands} />
      {days > maxBandDays && (
        <Quiet>
          Runs, hot water, defrosts and alarms are drawn for ranges of up to 30
          days. Zoom in to see them.
        </Quiet>
      )}
    </Charts>
  );
}
