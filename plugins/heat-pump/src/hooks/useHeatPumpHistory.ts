import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import {
  heatPumpFields,
  meterFields,
  minBarDays,
} from '@homelab/plugin-heat-pump-react';
import type { HeatPumpHistory } from '@homelab/plugin-heat-pump-react';
import { useMemo } from 'react';
import { useFigure } from './useFigure';
import { useHistory } from './useHistory';
import { useRangeView } from './useRangeView';

const dayMs = 86_400_000;
/** A day changes slowly, and only the last one. */
const daysRefreshMs = 300_000;

/** Fetches the history, and repeats it while the range reaches now. */
export function useHeatPumpHistory(
  heatPump: HeatpumpDeviceReading,
  meterReading: EnergyDeviceReading | null,
): HeatPumpHistory {
  const { view, asked: common, options } = useRangeView();
  const { shown } = view;
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
  const dayOptions = { range: shown, refreshMs: daysRefreshMs };
  const hasDays = shown.toMs - shown.fromMs >= minBarDays * dayMs;
  const heatPumpDays = useFigure(
    'heat pump days',
    hasDays ? heatPump.deviceId : undefined,
    (api, id, asked) => api.getHeatPumpDays(id, asked),
    dayOptions,
  );
  const meterDays = useFigure(
    'meter days',
    hasDays ? meterReading?.deviceId : undefined,
    (api, id, asked) => api.getMeterDays(id, asked),
    dayOptions,
  );
  return useMemo(() => {
    const energy = { heatPump: heatPumpDays, meter: meterDays };
    return { ...view, pump, meter, energy };
  }, [view, pump, meter, heatPumpDays, meterDays]);
}
