import { expect, test } from 'vitest';
import { recordOf, parseObserved, partitionOf } from './observed-field.ts';
import type { ObservedField } from './observed-field.ts';

const observation: ObservedField = {
  dialect: 'heishamon',
  stream: 'heatpump',
  deviceId: 'cellar/pump:1',
  field: 'Outside_Temp',
  value: -3.5,
  receivedAtMs: Date.UTC(2026, 0, 12, 6, 31, 10, 5),
  lifetimeMs: 900_000,
};

test('an observation is read back from its record unchanged', () => {
  for (const value of [-3.5, 0, 'No error', true, null]) {
    const record = recordOf({ ...observation, value });
    expect(parseObserved({ value: Buffer.from(String(record.value)) })).toEqual(
      {
        ...observation,
        value,
      },
    );
  }
});

test('all fields of a device are in one partition, each under its own key', () => {
  const other = { ...observation, field: 'DHW_Temp' };
  const [one, two] = [observation, other].map(each => recordOf(each));
  expect(one?.partition).toBe(two?.partition);
  expect(one?.key).not.toBe(two?.key);
});

test('a device keeps its partition across versions, and devices are spread', () => {
  // The published test vectors of FNV-1a.
  expect(partitionOf('a', 2 ** 32)).toBe(0xe40c292c);
  expect(partitionOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
  const used = new Set(
    Array.from({ length: 100 }, (_, index) => partitionOf(`pump-${index}`, 6)),
  );
  expect(used.size).toBe(6);
});

test('a record that no bridge wrote is not an observation', () => {
  const record = recordOf(observation);
  const fields = JSON.parse(String(record.value));
  const broken = [
    'not json',
    '[]',
    '{}',
    JSON.stringify({ ...fields, dialect: '' }),
    JSON.stringify({ ...fields, value: [1] }),
    JSON.stringify({ ...fields, value: 'x'.repeat(201) }),
    JSON.stringify({ ...fields, device_id: '' }),
    JSON.stringify({ ...fields, received_at: 'yesterday' }),
    JSON.stringify({ ...fields, lifetime_ms: 0 }),
  ];
  expect(
    broken.map(text => parseObserved({ value: Buffer.from(text) })),
  ).toEqual(broken.map(() => undefined));
  expect(parseObserved({ value: null })).toBeUndefined();
});
