import type { History } from '@homelab/plugin-heat-pump-common';
import { alignLines } from '@homelab/portal-react';
import type { LineSource, LineTimes } from '@homelab/portal-react';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { numberMeasurement } from '../measurements';
import { rangeOf } from './bandLooks';

interface HistoryLine extends Pick<
  LineSource,
  'id' | 'label' | 'dashed' | 'filled' | 'hiddenAtFirst'
> {
  field: string;
  colour: ColourToken;
}

type TemperatureLine = Pick<HistoryLine, 'field' | 'dashed' | 'hiddenAtFirst'>;

const temperatureLines: readonly TemperatureLine[] = [
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

/** Temperatures of a heat pump on one time axis. */
export function temperatureChart(heatPump: History) {
  return alignLines(
    linesOf(
      heatPump,
      temperatureLines.map(line => {
        const { label, colour } = numberMeasurement('heatpump', line.field);
        return { ...line, id: line.field, label, colour };
      }),
    ),
  );
}

/**
 * Power of house and heat pump, and heat output, if known. The heat pump has the colour
 * of electricity, or the house if the heat pump's power is unknown.
 */
export function powerChart(heatPump: History, meter: History | undefined) {
  const ownKnown = heatPump.series.some(
    ({ field }) => field === 'power_consumption_kw',
  );
  const house: HistoryLine = {
    id: 'house',
    label: 'House',
    colour: ownKnown ? 'neutral' : 'electricity',
    filled: !ownKnown,
    field: 'power_kw',
  };
  return alignLines([
    ...(meter === undefined ? [] : linesOf(meter, [house])),
    ...linesOf(heatPump, [
      {
        id: 'electric',
        label: 'Heat pump',
        colour: 'electricity',
        filled: true,
        field: 'power_consumption_kw',
      },
      {
        id: 'heat',
        label: 'Heat output',
        colour: 'heat',
        filled: true,
        field: 'heat_output_kw',
      },
    ]),
  ]);
}

/** Lines of one history; lines without any value are left out. */
function linesOf(
  history: History,
  wanted: readonly HistoryLine[],
): LineSource[] {
  const times: LineTimes = {
    time: history.time,
    gaps: history.gaps.map(rangeOf),
  };
  return wanted.flatMap(({ field, colour, ...line }) => {
    const series = history.series.find(one => one.field === field);
    if (series === undefined) return [];
    const { mean, min, max } = series;
    return [
      {
        ...line,
        colour: measurementColours[colour],
        decimals: isWhole(field, min) && isWhole(field, max) ? 0 : undefined,
        times,
        mean,
        min,
        max,
      },
    ];
  });
}

/** Whether a device reports a temperature in whole degrees, judged by minimum and maximum, which are not averaged. */
function isWhole(field: string, extremes: readonly (number | null)[]): boolean {
  return (
    field.endsWith('_temp') &&
    extremes.every(value => value === null || Number.isInteger(value))
  );
}
