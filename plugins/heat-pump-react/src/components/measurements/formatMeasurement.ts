import type { DeviceReading } from '@homelab/heat-pump';
import { dash, formatNumber } from '@homelab/portal-react/ui';
import { measurementsOf } from '@homelab/telemetry';
import type {
  Measurement,
  NumberMeasurement,
  Stream,
} from '@homelab/telemetry';

/** The registry entry of a field, or `undefined` if the stream has no such field. */
export function measurementOf(
  stream: Stream,
  field: string,
): Measurement | undefined {
  return measurementsOf(stream).find(([name]) => name === field)?.[1];
}

/**
 * The registry entry of a numeric field.
 *
 * @throws Error if there is none, which is a bug in the caller.
 */
export function numberMeasurement(
  stream: Stream,
  field: string,
): NumberMeasurement {
  const found = measurementOf(stream, field);
  if (found?.kind === 'gauge' || found?.kind === 'counter') return found;
  throw new Error(`The field ${field} of ${stream} is not numeric.`);
}

/** Unit, colour and decimals of a number, without decimals if the device sends none. */
export function lookOf(reading: DeviceReading, field: string): NumberLook {
  const { unit, decimals, colour } = numberMeasurement(reading.stream, field);
  const isWhole = reading.wholeFields.includes(field);
  return { unit, decimals: isWhole ? 0 : decimals, colour };
}

type NumberLook = Pick<NumberMeasurement, 'unit' | 'decimals' | 'colour'>;

/** An enum value of the contract for display: `hot_water` becomes `Hot water`. */
export function formatWord(word: string): string {
  const spaced = word.replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Any value of a reading as text, with its unit; `isWhole` omits decimals. */
export function formatValue(
  measurement: Measurement,
  value: unknown,
  isWhole = false,
): string {
  if (value === null || value === undefined) return dash;
  if (Array.isArray(value)) {
    return value.length === 0
      ? 'none'
      : value.map(String).map(formatWord).join(', ');
  }
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value === 'number') {
    const isNumeric =
      measurement.kind === 'gauge' || measurement.kind === 'counter';
    if (!isNumeric) return String(value);
    const text = formatNumber(value, isWhole ? 0 : measurement.decimals);
    return measurement.unit === '' ? text : `${text} ${measurement.unit}`;
  }
  return measurement.kind === 'state'
    ? formatWord(String(value))
    : String(value);
}
