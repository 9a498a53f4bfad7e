import { describe, expect, test } from 'vitest';
import { settingsOf, siteClock } from '../../test/bridge-fixtures.ts';
import type { DeviceMessage } from '../device-message.ts';
import { thermiq } from './thermiq.ts';

const receivedAtMs = Date.parse('2026-01-12T06:31:10Z');
const measuredAtMs = Date.parse('2026-01-12T06:31:00Z');

function observe(payload: object, message: Partial<DeviceMessage> = {}) {
  const result = thermiq.createAdapter(
    settingsOf(),
    siteClock(),
  )({
    mqttTopic: 'thermiq_heatpump/data',
    payload: Buffer.from(
      JSON.stringify({ Client_Name: 'ThermIQ_vp1', d5: 38, ...payload }),
    ),
    retained: false,
    receivedAtMs,
    ...message,
  });
  if (result.kind !== 'observed') throw new Error(result.kind);
  const [first] = result.observations;
  if (first === undefined) throw new Error('Nothing was observed.');
  return first;
}

// Register list of ThermIQ/thermiq_mqtt-ha: d17 bit 6 is the machine's alarm indication.
describe('alarms follow the indication of the machine', () => {
  const running = { d16: 7 };
  const flags = [
    ...[1, 2, 4, 8, 16].map(flag => ['d19', flag] as const),
    ...[1, 2, 4, 8, 16, 32, 64].map(flag => ['d20', flag] as const),
  ];

  test.each(flags)('%s flag %i without the indication is none', (name, flag) =>
    expect(observe({ ...running, d17: 0, [name]: flag }).fields).toMatchObject({
      mode: 'heating',
      alarm_codes: [],
    }),
  );

  test.each(flags)('%s flag %i names the alarm', (name, flag) => {
    const { fields } = observe({ ...running, d17: 64, [name]: flag });
    expect(fields).toMatchObject({ mode: 'alarm' });
    expect(fields.alarm_codes).toHaveLength(1);
  });

  test('an indication without a flag is an alarm', () =>
    expect(observe({ ...running, d17: 64 }).fields).toMatchObject({
      mode: 'alarm',
      alarm_codes: [],
    }));

  test.each(flags)('%s flag %i in a read without d17', (name, flag) => {
    const isSensor = name === 'd20' && flag <= 16;
    expect(observe({ ...running, [name]: flag }).fields.mode).toBe(
      isSensor ? 'heating' : 'alarm',
    );
  });

  test('a read without any of the three registers tells nothing about alarms', () =>
    expect(observe(running).fields.alarm_codes).toBeNull());
});

// ThermIQ-ROOM2 sends local time with the name of a zone, and seconds since 1970 beside it.
describe('the first time that can be read counts', () => {
  const timestamp = measuredAtMs / 1000;

  test.each([
    ['the name of a zone', { time: '2026-01-12 12:31:00 CEST', timestamp }],
    ['a word', { time: 'unknown', timestamp: String(timestamp) }],
    ['a local time hours off', { time: '2026-01-12 01:31:00', timestamp }],
    ['no name of a field', { Time: '2026-01-12 07:31:00', time: null }],
    ['a clock never set', { time: '2026-01-12 07:31:00', timestamp: 42 }],
    ['GMT alone', { time: '2026-01-12 06:31:00 GMT' }],
    ['UTC alone', { time: '2026-01-12 06:31:00 UTC' }],
  ])('beside %s', (_, times) => {
    const waitedSinceMs = receivedAtMs - 86_400_000;
    for (const message of [{}, { retained: true }, { waitedSinceMs }])
      expect(observe(times, message).measuredAtMs).toBe(measuredAtMs);
  });

  test('none is none', () =>
    expect(
      observe({ time: '2026-01-12 12:31:00 CEST', timestamp: 'soon' })
        .measuredAtMs,
    ).toBeUndefined());
});

// ThermIQ/thermiq_mqtt-ha issue 41: counters beyond 32767 came as negative numbers.
test.each(['d104', 'd106', 'd108', 'd114'])(
  'counter %s is unsigned, however it is sent',
  name => {
    const valueOf = (value: number) =>
      Object.entries(observe({ [name]: value }).fields).find(
        ([field, one]) => field.startsWith('runtime_') && one !== null,
      )?.[1];
    expect(valueOf(-24_306)).toBe(41_230);
    expect(valueOf(41_230)).toBe(41_230);
    expect(valueOf(-31_358)).toBe(34_178);
    expect(valueOf(-1)).toBe(65_535);
    expect(valueOf(0)).toBe(0);
  },
);
