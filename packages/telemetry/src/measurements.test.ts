import { describe, expect, test } from 'vitest';
import { measurementColours } from './colours.ts';
import { measurementsOf } from './measurements.ts';
import { readingSchemas } from './readings.ts';
import { streams } from './streams.ts';

describe.each(streams)('the registry of %s', stream => {
  const registry = measurementsOf(stream);

  test('names exactly the fields that a reading has in addition to time and device', () => {
    const fields = Object.keys(readingSchemas[stream].shape);
    const names = registry.map(([name]) => name);
    expect(fields).toEqual(['timestamp', 'device_id', ...names]);
  });

  test.each(registry)(
    '%s can be shown: label, description, range, colour',
    (name, measurement) => {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(measurement.label).not.toBe('');
      expect(measurement.description).not.toBe('');
      if (measurement.kind !== 'gauge' && measurement.kind !== 'counter')
        return;
      expect(measurement.min).toBeLessThan(measurement.max);
      expect(Number.isInteger(measurement.decimals)).toBe(true);
      expect(Object.keys(measurementColours)).toContain(measurement.colour);
      if (name.endsWith('_kw')) expect(measurement.unit).toBe('kW');
      if (name.endsWith('_kwh')) expect(measurement.unit).toBe('kWh');
      if (name.endsWith('_pct')) expect(measurement.unit).toBe('%');
      if (name.endsWith('_temp')) expect(measurement.unit).toBe('°C');
      if (measurement.kind === 'counter') expect(measurement.min).toBe(0);
    },
  );
});
