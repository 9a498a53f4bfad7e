import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import {
  EventList,
  HistoryPanel,
  heatPumpFields,
  meterFields,
  minBarDays,
  useFreshness,
} from '@homelab/plugin-heat-pump-react';
import type { HeatPumpHistory } from '@homelab/plugin-heat-pump-react';
import { StateMessage, VisuallyHidden } from '@homelab/portal-react/ui';
import ChartIcon from '@mui/icons-material/ShowChartOutlined';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { ViewSkeleton } from '../app/ViewSkeleton.tsx';
import { useTitle } from '../app/useTitle.ts';
import { useHouse } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';
import { useRangeView } from './useRangeView.ts';
import { useStored } from './useStored.ts';

const dayMs = 86_400_000;

/** The history of the heat pump and of the house. */
export function HistoryView() {
  const house = useHouse();
  useTitle('History');
  if (house.heatPump !== undefined)
    return <Shown house={house} heatPump={house.heatPump} />;
  if (!house.isKnown) return <ViewSkeleton label="the history" />;
  return (
    <StateMessage icon={ChartIcon} title="There is no history yet">
      <p>It begins with the first value of a heat pump.</p>
    </StateMessage>
  );
}

function Shown(props: { house: House; heatPump: HeatpumpDeviceReading }) {
  const history = useHeatPumpHistory(props.heatPump, props.house.meter);
  const freshness = useFreshness(props.heatPump);
  return (
    <>
      {/* What the headings of the panels belong to. */}
      <VisuallyHidden as="h2">Heat pump and house over time</VisuallyHidden>
      <HistoryPanel history={history} />
      <EventList
        history={history.pump.history}
        isCurrent={freshness === 'fresh'}
      />
    </>
  );
}

function useHeatPumpHistory(
  heatPump: HeatpumpDeviceReading,
  meter: House['meter'],
): HeatPumpHistory {
  const { view, wanted } = useRangeView();
  const { shown } = view;
  const pump = useStored(heatPump, { ...wanted, fields: heatPumpFields });
  const house = useStored(meter ?? undefined, {
    ...wanted,
    fields: meterFields,
  });
  const hasDays = shown.toMs - shown.fromMs >= minBarDays * dayMs;
  const days = { from: wanted.from, to: wanted.to };
  const key = hasDays ? [shown.fromMs, shown.toMs] : [undefined];
  const energy = {
    heatPump: useFigure(['days', heatPump.deviceId, ...key], options =>
      api.heatPumpDaily(heatPump.deviceId, days, options),
    ),
    meter: useFigure(['meter days', meter?.deviceId, ...key], options =>
      api.energyDaily(
        { ...days, ...(meter && { deviceId: meter.deviceId }) },
        options,
      ),
    ),
  };
  return { ...view, pump, meter: house, energy };
}
