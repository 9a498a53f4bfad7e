import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import {
  boundsOf,
  heatPumpFields,
  isWholeDays,
  meterFields,
  minBarDays,
} from '@homelab/plugin-heat-pump-react';
import type { HeatPumpHistory } from '@homelab/plugin-heat-pump-react';
import { useNow, useSiteClock } from '@homelab/portal-react';
import { useFigure } from './useFigure';
import { useHistory } from './useHistory';
import { useRange } from './useRange';

const dayMs = 86_400_000;
const refreshMs = 60_000;
/** Points of hours and days change slowly. */
const slowRefreshMs = 300_000;
const maxPoints = 600;

/** Fetches the history, and repeats it while the range reaches now. */
export function useHeatPumpHistory(
  heatPump: HeatpumpDeviceReading,
  meterReading: EnergyDeviceReading | null,
): HeatPumpHistory {
  const { range, setRange, zoom, setZoom } = useRange();
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
  const dayOptions = { range: shown, refreshMs: slowRefreshMs };
  const hasDays = shown.toMs - shown.fromMs >= minBarDays * dayMs;
  const energy = {
    heatPump: useFigure(
      'heat pump days',
      hasDays ? heatPump.deviceId : undefined,
      (api, id, asked) => api.getHeatPumpDays(id, asked),
      dayOptions,
    ),
    meter: useFigure(
      'meter days',
      hasDays ? meterReading?.deviceId : undefined,
      (api, id, asked) => api.getMeterDays(id, asked),
      dayOptions,
    ),
  };
  return { range, setRange, zoom, setZoom, shown, pump, meter, energy };
}
