import type { EnergyBuckets, HeatPumpDays } from '@homelab/homelab-api-client';
import type { Figure, HistoryState, RangeView } from '../../figure';

/** The history of a heat pump and its meter over the selected range. */
export interface HeatPumpHistory extends RangeView {
  pump: HistoryState;
  meter: HistoryState;
  /** Energy per day, needed from {@link minBarDays} days on. */
  energy: {
    heatPump: Figure<HeatPumpDays>;
    meter: Figure<EnergyBuckets>;
  };
}

/** From here on a day is wide enough to look at, and narrow enough for a bar. */
export const minBarDays = 10;

interface TemperatureLine {
  field: string;
  dashed?: boolean;
  hiddenAtFirst?: boolean;
}

export const temperatureLines: readonly TemperatureLine[] = [
  { field: 'supply_temp' },
  { field: 'return_temp' },
  { field: 'hot_water_temp' },
  { field: 'actual_temp' },
  { field: 'outdoor_temp' },
  { field: 'supply_target_temp', dashed: true, hiddenAtFirst: true },
  { field: 'brine_in_temp', hiddenAtFirst: true },
  { field: 'brine_out_temp', dashed: true, hiddenAtFirst: true },
];

/** Heat pump fields fetched for the charts. */
export const heatPumpFields: readonly string[] = [
  ...temperatureLines.map(({ field }) => field),
  'power_consumption_kw',
  'heat_output_kw',
];

/** Electricity meter fields fetched for the charts. */
export const meterFields: readonly string[] = ['power_kw'];
