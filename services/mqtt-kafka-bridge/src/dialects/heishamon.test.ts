import { heatpumpStatusSchema } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import {
  defaultLimits,
  routerIn,
  settingsOf,
} from '../../test/bridge-fixtures.ts';
import { createAssembleReading } from '../assembler/assemble-reading.ts';
import { createDeviceStates } from '../assembler/device-states.ts';
import { parseObserved } from '../assembler/observed-field.ts';
import { createTranslate } from '../translate-message.ts';
import { assembled } from './heishamon-states.golden.ts';
import { heishamon } from './heishamon.ts';

const receivedAtMs = Date.UTC(2026, 0, 12, 6, 31, 10);
const tickMs = Date.UTC(2026, 0, 12, 6, 31, 15);

/** Every value as an MQTT message through bridge and assembler; gives the reading. */
function readingOf({ values, settings = {} }: (typeof assembled)[number]) {
  const translate = createTranslate({
    router: routerIn('Europe/Stockholm'),
    limits: defaultLimits,
  });
  const states = createDeviceStates({ intervalMs: 15_000, maxBytes: 1e6 });
  const defects: unknown[] = [];
  const assemble = createAssembleReading({
    dialects: [heishamon],
    settings: settingsOf(settings),
    onOutOfRange: (_, count) => defects.push(count),
    onDefect: (_, defect) => defects.push(defect),
  });
  for (const [name, payload] of Object.entries(values)) {
    const { records, rejected, ignored } = translate({
      mqttTopic: `panasonic_heat_pump/${name}`,
      payload: Buffer.from(payload),
      retained: false,
      receivedAtMs,
    });
    expect({ rejected, ignored }).toEqual({});
    for (const { value } of records) {
      const observed = parseObserved({ value: Buffer.from(String(value)) });
      if (observed === undefined) throw new Error(`${name} is unreadable.`);
      states.take(observed, { offset: 0n, writtenAtMs: receivedAtMs });
    }
  }
  const [state] = states.due(tickMs);
  if (state === undefined) throw new Error('There is no state.');
  const record = assemble(state);
  expect(defects).toEqual([]);
  return record && JSON.parse(String(record.value));
}

test.each(assembled)('$name', golden => {
  expect(heatpumpStatusSchema.parse(readingOf(golden))).toEqual(
    heatpumpStatusSchema.parse({
      timestamp: new Date(tickMs).toISOString(),
      device_id: 'panasonic_heat_pump',
      ...golden.expected,
    }),
  );
});

test('values without data make no reading', () => {
  const values = { 'main/DHW_Temp': '-78', 'main/Operating_Mode_State': '-1' };
  expect(readingOf({ name: 'nothing', values, expected: {} })).toBeUndefined();
});
