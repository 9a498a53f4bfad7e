import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import { formatNumber } from '@homelab/portal-react/ui';
import { lookOf } from '../measurements';

const targets: Record<
  string,
  'target_temp' | 'supply_target_temp' | 'hot_water_target_temp'
> = {
  actual_temp: 'target_temp',
  supply_temp: 'supply_target_temp',
  hot_water_temp: 'hot_water_target_temp',
};

/** What a temperature is to be compared with: its target, or the supply. */
export function temperatureNote(
  heatPump: HeatpumpDeviceReading,
  field: string,
): string | undefined {
  const { reading } = heatPump;
  if (field === 'return_temp') {
    const { supply_temp: supplyC, return_temp: returnC } = reading;
    if (supplyC === null || returnC === null) return undefined;
    const kelvin = difference(heatPump, 'supply_temp', 'return_temp');
    return supplyC >= returnC
      ? `${kelvin} K below supply`
      : `${kelvin} K above supply`;
  }
  const targetField = targets[field];
  if (targetField === undefined) return undefined;
  const targetC = reading[targetField];
  if (targetC === null) return undefined;
  const { decimals } = lookOf(heatPump, targetField);
  const target = `target ${formatNumber(targetC, decimals)} °C`;
  const roomC = reading.actual_temp;
  if (field !== 'actual_temp' || roomC === null) return target;
  const kelvin = difference(heatPump, 'actual_temp', 'target_temp');
  if (Number(kelvin) === 0) return `at its ${target}`;
  return `${target}, ${kelvin} K ${roomC < targetC ? 'below' : 'above'}`;
}

type TemperatureField =
  'supply_temp' | 'return_temp' | 'actual_temp' | 'target_temp';

/** How far two temperatures are apart, as exactly as the finer one is known. */
function difference(
  heatPump: HeatpumpDeviceReading,
  one: TemperatureField,
  other: TemperatureField,
): string {
  const { reading } = heatPump;
  const decimals = Math.max(
    lookOf(heatPump, one).decimals,
    lookOf(heatPump, other).decimals,
  );
  const kelvin = Math.abs((reading[one] ?? 0) - (reading[other] ?? 0));
  return formatNumber(kelvin, decimals);
}
