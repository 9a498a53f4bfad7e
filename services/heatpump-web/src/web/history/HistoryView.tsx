import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import {
  EventList,
  HistoryPanel,
  boundsOf,
  defaultRange,
  heatPumpFields,
  isRangeName,
  meterFields,
  minBarDays,
  useFreshness,
} from '@homelab/plugin-heat-pump-react';
import type {
  HeatPumpHistory,
  RangeName,
} from '@homelab/plugin-heat-pump-react';
import type { TimeRange } from '@homelab/portal-react/charts';
import {
  StateMessage,
  VisuallyHidden,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import ChartIcon from '@mui/icons-material/ShowChartOutlined';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { ViewSkeleton } from '../app/ViewSkeleton.tsx';
import { useTitle } from '../app/useTitle.ts';
import { useHouse } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';
import { useStored } from './useStored.ts';

const dayMs = 86_400_000;
const refreshMs = 60_000;

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

/** The chosen range, kept in the address, so that a link shows the same. */
function useRange(): [RangeName, (name: RangeName) => void] {
  const [search, setSearch] = useSearchParams();
  const named = search.get('range');
  const choose = useCallback(
    (name: RangeName) => setSearch({ range: name }, { replace: true }),
    [setSearch],
  );
  return [isRangeName(named) ? named : defaultRange, choose];
}

function useHeatPumpHistory(
  heatPump: HeatpumpDeviceReading,
  meter: House['meter'],
): HeatPumpHistory {
  const [range, setRangeName] = useRange();
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(refreshMs);
  // The offset varies with the network; only a wrong clock matters here.
  const skewMs = Math.abs(clockOffsetMs) > 30_000 ? clockOffsetMs : 0;
  const toMs = Math.round((nowMs + skewMs) / 1_000) * 1_000;
  const shown = zoom ?? boundsOf(range, toMs, timeZone);
  const wanted = {
    from: new Date(shown.fromMs),
    to: new Date(shown.toMs),
    siteTimeZone: timeZone,
  };
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
  const setRange = useCallback(
    (name: RangeName) => {
      setZoom(null);
      setRangeName(name);
    },
    [setRangeName],
  );
  return {
    ...{ range, setRange, zoom, setZoom, shown },
    ...{ pump, meter: house, energy },
  };
}
