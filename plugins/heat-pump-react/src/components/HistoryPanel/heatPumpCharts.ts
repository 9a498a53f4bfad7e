import type { EnergyBuckets, HeatPumpDays } from '@homelab/homelab-api-client';
import type { History } from '@homelab/plugin-heat-pump-common/messages';
import { alignLines } from '@homelab/portal-react/charts';
import type { LineSource, LineTimes } from '@homelab/portal-react/charts';
import { measurementColours } from '@homelab/telemetry';
import { numberMeasurement } from '../measurements';
import { linesOf } from './chartLines';
import type { HistoryLine } from './chartLines';
import { temperatureLines } from './heatPumpHistory';

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

const halfDayMs = 43_200_000;

/** Bars of days; a bar stands in the middle of its day. */
function dayTimes(days: readonly { timestamp: string }[]): LineTimes {
  const time = days.map(({ timestamp }) => Date.parse(timestamp) + halfDayMs);
  // A day without a bar is a gap that needs no mark.
  return { time, gaps: [] };
}

/**
 * Energy per day: electricity stands in front of the heat made from it, so that the COP shows.
 * Where the electricity of the heat pump is not known, the house has its bars.
 */
export function energyChart(
  heatPump: HeatPumpDays | undefined,
  meter: EnergyBuckets | undefined,
) {
  const days = heatPump?.data ?? [];
  const times = dayTimes(days);
  const isKnown = days.some(({ electric_kwh }) => electric_kwh !== null);
  const house = meter?.data ?? [];
  const lines: LineSource[] = [
    {
      id: 'heat-energy',
      label: 'Heat',
      colour: measurementColours.heat,
      bars: 'wide',
      times,
      mean: days.map(({ heat_kwh }) => heat_kwh),
    },
    {
      id: 'electric-energy',
      label: 'Heat pump',
      colour: measurementColours.electricity,
      bars: 'narrow',
      times,
      mean: days.map(({ electric_kwh }) => electric_kwh),
    },
    {
      id: 'house-energy',
      label: 'House',
      colour: measurementColours[isKnown ? 'neutral' : 'electricity'],
      bars: isKnown ? undefined : 'narrow',
      times: dayTimes(house),
      mean: house.map(({ energy_kwh }) => energy_kwh),
    },
  ];
  return alignLines(
    lines.filter(({ mean }) => mean.some(value => value !== null)),
  );
}
