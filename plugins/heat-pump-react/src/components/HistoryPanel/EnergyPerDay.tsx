import { TimeSeriesChart } from '@homelab/portal-react/charts';
import { Notice, reasonOf } from '@homelab/portal-react/ui';
import type { TimeRange } from '@homelab/portal-react/charts';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { HeatPumpHistory } from './heatPumpHistory';
import { energyWords } from './energyWords';
import { energyChart } from './heatPumpCharts';

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const noGaps: readonly TimeRange[] = [];

/** Heat and electricity of each day as bars. */
export function EnergyPerDay(props: {
  energy: HeatPumpHistory['energy'];
  /** Shown where no energy is known. */
  instead: ReactNode;
  range: TimeRange;
  timeZone: string;
  syncKey: string;
  onZoom(range: TimeRange | null): void;
}) {
  const { energy, instead, ...common } = props;
  const { heatPump: days, meter: house } = energy;
  const chart = useMemo(
    () => energyChart(days.value, house.value),
    [days.value, house.value],
  );
  const partly = useMemo(
    () =>
      energyWords([...(days.value?.data ?? []), ...(house.value?.data ?? [])]),
    [days.value, house.value],
  );
  const error = days.error ?? house.error;
  return (
    <>
      {error && (
        <Notice isInside title="Some of the energy per day is missing.">
          {reasonOf(error)}
        </Notice>
      )}
      {chart.lines.length === 0 ? (
        instead
      ) : (
        <TimeSeriesChart
          {...common}
          title="Energy per day"
          chart={chart}
          gaps={noGaps}
          unit="kWh"
          decimals={1}
          zeroBased
          perDay
          height={170}
        />
      )}
      {partly !== '' && <Quiet>{partly}</Quiet>}
    </>
  );
}
