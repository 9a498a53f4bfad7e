import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import { useNow, useSiteClock } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { useCallback, useState } from 'react';
import { useHistory } from '../../hooks/useHistory';
import type { HistoryState } from '../../hooks/useHistory';
import { boundsOf, isWholeDays, useRange } from '../../hooks/useRange';
import type { RangeName } from '../../hooks/useRange';
import { heatPumpFields, meterFields } from './heatPumpCharts';

const refreshMs = 60_000;
/** Points of hours and days change slowly. */
const slowRefreshMs = 300_000;
const maxPoints = 600;

/** The history of a heat pump and its meter over the selected range. */
export interface HeatPumpHistory {
  range: RangeName;
  setRange(name: RangeName): void;
  zoom: TimeRange | null;
  setZoom(zoom: TimeRange | null): void;
  /** The range of the charts: the zoom, else the range up to now. */
  shown: TimeRange;
  pump: HistoryState;
  meter: HistoryState;
}

/** Fetches the history, and repeats it while the range reaches now. */
export function useHeatPumpHistory(
  heatPump: HeatpumpDeviceReading,
  meterReading: EnergyDeviceReading | null,
): HeatPumpHistory {
  const [range, setRangeName] = useRange();
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(refreshMs);
  // The offset varies with network latency; only a wrong clock matters here.
  const skewMs = Math.abs(clockOffsetMs) > 30_000 ? clockOffsetMs : 0;
  const toMs = Math.round((nowMs + skewMs) / 1000) * 1000;
  const bounds = boundsOf(range, toMs, timeZone);
  const shown = zoom ?? bounds;
  const inDays = isWholeDays(range);
  // Days are asked for by their edges, a range up to now by its length.
  const wanted = inDays ? shown : { lengthMs: bounds.toMs - bounds.fromMs };
  const common = { range: zoom ?? wanted, maxPoints };
  const pace = inDays ? slowRefreshMs : refreshMs;
  const options = {
    nowMs: () => Date.now() + skewMs,
    refreshMs: zoom === null && pace,
  };
  const pump = useHistory(
    {
      ...common,
      stream: 'heatpump',
      deviceId: heatPump.deviceId,
      fields: heatPumpFields,
    },
    options,
  );
  const meter = useHistory(
    meterReading && {
      ...common,
      stream: 'energy',
      deviceId: meterReading.deviceId,
      fields: meterFields,
    },
    options,
  );
  const setRange = useCallback(
    (name: RangeName) => {
      setZoom(null);
      setRangeName(name);
    },
    [setRangeName],
  );
  return { range, setRange, zoom, setZoom, shown, pump, meter };
}
