import type { History } from '@homelab/plugin-heat-pump-common';
import { numberMeasurement } from '../Quantity';
import { alignLines } from '../TimeSeriesChart';
import type { LineSource } from '../TimeSeriesChart';

type HeatPumpLine = Pick<LineSource, 'field' | 'dashed' | 'hiddenAtFirst'>;

const temperatureLines: readonly HeatPumpLine[] = [
  { field: 'supply_temp' },
  { field: 'return_temp' },
  { field: 'hot_water_temp' },
  { field: 'actual_temp' },
  { field: 'outdoor_temp' },
  { field: 'supply_target_temp', dashed: true, hiddenAtFirst: true },
  { field: 'brine_in_temp', hiddenAtFirst: true },
  { field: 'brine_out_temp', dashed: true, hiddenAtFirst: true },
];

/** What is fetched of a heat pump for its charts. */
export const heatPumpFields: readonly string[] = [
  ...temperatureLines.map(({ field }) => field),
  'power_consumption_kw',
  'heat_output_kw',
];

/** What is fetched of the electricity meter for the same charts. */
export const meterFields: readonly string[] = ['power_kw'];

/** Temperatures of a heat pump on one time axis. */
export function temperatureChart(heatPump: History) {
  return alignLines(
    temperatureLines.map(line => {
      const { label, colour } = numberMeasurement('heatpump', line.field);
      return { ...line, id: line.field, label, colour, history: heatPump };
    }),
  );
}

/** Power of house and heat pump and heat output, as far as they are known. */
export function powerChart(heatPump: History, meter: History | undefined) {
  const house: LineSource[] =
    meter === undefined
      ? []
      : [
          {
            id: 'house',
            label: 'House',
            colour: 'electricity',
            filled: true,
            history: meter,
            field: 'power_kw',
          },
        ];
  return alignLines([
    ...house,
    {
      id: 'electric',
      label: 'Heat pump',
      colour: 'supply',
      history: heatPump,
      field: 'power_consumption_kw',
    },
    {
      id: 'heat',
      label: 'Heat output',
      colour: 'heat',
      filled: true,
      history: heatPump,
      field: 'heat_output_kw',
    },
  ]);
}
