import { Notice, TimeSeriesChart, reasonOf } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useFigure } from '../../hooks/useFigure';
import { energyChart } from './heatPumpCharts';

/** A day changes slowly, and only the last one. */
const refreshMs = 300_000;
const noGaps: readonly TimeRange[] = [];

/** Heat and electricity of each day as bars. */
export function EnergyPerDay(props: {
  heatPumpId: string;
  meterId: string | undefined;
  /** Shown where no energy is known. */
  instead: ReactNode;
  range: TimeRange;
  timeZone: string;
  syncKey: string;
  onZoom(range: TimeRange | null): void;
}) {
  const { heatPumpId, meterId, instead, ...common } = props;
  const options = { range: common.range, refreshMs };
  const days = useFigure(
    'heat pump days',
    heatPumpId,
    (api, id, asked) => api.getHeatPumpDays(id, asked),
    options,
  );
  const house = useFigure(
    'meter days',
    meterId,
    (api, id, asked) => api.getMeterDays(id, asked),
    options,
  );
  const chart = useMemo(
    () => energyChart(days.value, house.value),
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
    </>
  );
}
