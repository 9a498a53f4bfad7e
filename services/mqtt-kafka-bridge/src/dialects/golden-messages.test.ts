import {
  deadLetterCodes,
  isPlainReading,
  readReading,
  statesTopic,
} from '@homelab/telemetry';
import { describe, expect, test } from 'vitest';
import {
  defaultLimits,
  messageOf,
  routerIn,
} from '../../test/bridge-fixtures.ts';
import { createTranslate } from '../translate-message.ts';
import { goldenMessages } from './golden-messages.ts';
import { dialectNames, dialectOf } from './index.ts';

test('golden messages have unique names', () => {
  const names = goldenMessages.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(dialectNames)('golden messages of %s', format => {
  const ofFormat = goldenMessages.filter(golden => golden.format === format);

  test.each(ofFormat)('$name', golden => {
    expect(dialectOf(golden.mqttTopic)?.name).toBe(format);
    const translate = createTranslate({
      router: routerIn(golden.siteTimeZone),
      limits: defaultLimits,
    });
    const translation = translate(messageOf(golden));
    expect(translation.defect).toBeUndefined();
    const { expected } = golden;
    expect(outcomeOf(translation)).toEqual(
      expected.kind === 'states' ? expected : withoutNulls(expected),
    );
  });

  test.each(ofFormat)('$name is consistent in itself', golden => {
    expect(new Date(golden.receivedAt).toISOString()).toBe(golden.receivedAt);
    const { expected } = golden;
    if (expected.kind === 'dead-letter')
      expect(deadLetterCodes).toContain(expected.code);
    if (expected.kind !== 'readings') return;
    expect(expected.readings.length).toBeGreaterThan(0);
    for (const { stream, reading } of expected.readings) {
      expect(readReading(stream, reading)).toEqual({
        ok: true,
        reading,
        outOfRange: [],
      });
      // What the pipeline writes itself takes the fast path of every reader.
      const written = withoutNulls(reading) as object;
      expect(isPlainReading(stream, written)).toBe(true);
    }
  });

  test('are several, broken ones among them', () => {
    expect(ofFormat.length).toBeGreaterThanOrEqual(10);
    expect(
      ofFormat.some(({ expected }) => expected.kind === 'dead-letter'),
    ).toBe(true);
  });
});

function outcomeOf({
  records,
  streams,
  rejected,
  ignored,
}: ReturnType<ReturnType<typeof createTranslate>>) {
  if (ignored !== undefined) return { kind: 'ignored' };
  if (rejected !== undefined) {
    const topic = records[0]?.topic ?? '';
    const stream =
      /^homelab\.(energy|heatpump|temperature)\.dlq$/.exec(topic)?.[1] ?? null;
    return { kind: 'dead-letter', stream, code: rejected };
  }
  const [state] = records.filter(({ topic }) => topic === statesTopic);
  if (state !== undefined) {
    const {
      device_id: deviceId,
      field,
      value,
    } = JSON.parse(String(state.value));
    return { kind: 'states', deviceId, fields: { [field]: value } };
  }
  const readings = records.map(({ value }, index) => ({
    stream: streams[index],
    reading: JSON.parse(String(value)),
  }));
  return { kind: 'readings', readings };
}

/** A record leaves out what is absent. */
function withoutNulls(value: unknown): unknown {
  const text = JSON.stringify(value, (key, each) =>
    each === null && key !== 'stream' ? undefined : each,
  );
  return JSON.parse(text);
}
