import { expect, test } from 'vitest';
import { settingsOf, siteClock } from '../../test/bridge-fixtures.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

function setUp() {
  const adapter = zigbee2mqtt.createAdapter(settingsOf(), siteClock());
  return (name: string, payload: string) => {
    const result = adapter({
      mqttTopic: `zigbee2mqtt/${name}`,
      payload: Buffer.from(payload),
      retained: false,
      receivedAtMs: Date.parse('2026-01-12T06:31:10Z'),
    });
    if (result.kind === 'ignored') return result.reason;
    return result.kind === 'rejected' ? result.code : 'read';
  };
}

test('single attributes of a device are ignored once its state has arrived', () => {
  const send = setUp();
  expect(send('hall/climate/temperature', '21.3')).toBe(
    'payload_not_an_object',
  );
  expect(send('hall/climate', '{"temperature":21.3}')).toBe('read');
  expect(send('hall/climate/temperature', '21.3')).toBe('nothing_we_read');
  expect(send('hall/climate/update', 'idle')).toBe('nothing_we_read');
  expect(send('hall/other/temperature', '21.3')).toBe('payload_not_an_object');
});

test('a damaged state is no attribute of a device with a shorter name', () => {
  const send = setUp();
  send('hall', '{"state":"ON"}');
  expect(send('hall/climate', '{"temperature":21.3}')).toBe('read');
  expect(send('hall/climate', '{"temperat')).toBe('payload_not_json');
});
