import { deviceFormats, mqttSourceOf } from '@homelab/telemetry';
import { goldenMessages } from '@homelab/telemetry/fixtures';
import { describe, expect, test } from 'vitest';
import {
  defaultLimits,
  messageOf,
  settingsOf,
} from '../../test/bridge-fixtures.ts';
import { createTranslate } from '../translate-message.ts';
import { createRouter } from './registry.ts';

describe.each(deviceFormats)('golden messages of %s', format => {
  const ofFormat = goldenMessages.filter(golden => golden.format === format);

  test.each(ofFormat)('$name', golden => {
    expect(mqttSourceOf(golden.mqttTopic)?.format).toBe(format);
    const translate = createTranslate({
      router: createRouter(settingsOf(golden.siteTimeZone)),
      limits: defaultLimits,
    });
    const translation = translate(messageOf(golden));
    expect(translation.defect).toBeUndefined();
    expect(outcomeOf(translation)).toEqual(withoutNulls(golden.expected));
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
