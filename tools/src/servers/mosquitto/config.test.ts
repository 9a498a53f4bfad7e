import { expect, test } from 'vitest';
import { mosquittoAcl, mosquittoConfig } from './config.ts';

const mosquitto = {
  port: 1883,
  configDir: '/c',
  dataDir: '/d',
  maxPacketBytes: 1000,
};

function listeners(listenAddress: string): string[] {
  return mosquittoConfig({ ...mosquitto, listenAddress })
    .split('\n')
    .filter(line => line.startsWith('listener '));
}

test('opens MQTT on loopback, and beyond it only on the requested address', () => {
  expect(listeners('127.0.0.1')).toEqual(['listener 1883 127.0.0.1']);
  expect(listeners('192.0.2.7')).toEqual([
    'listener 1883 192.0.2.7',
    'listener 1883 127.0.0.1',
  ]);
  // Every address includes loopback; a second listener on it could not bind.
  expect(listeners('0.0.0.0')).toEqual(['listener 1883 0.0.0.0']);
});

test('gives each MQTT client only its own direction', () => {
  const acl = mosquittoAcl({
    device: ['a/+', 'b'],
    report: ['b'],
    write: ['c'],
  });
  expect(acl).toBe(
    [
      'user bridge',
      'topic read a/+',
      'topic read b',
      'user simulator',
      'topic write a/+',
      'topic write b',
      'topic read c',
      'user devices',
      'topic write a/+',
      'topic write b',
      'topic read c',
      'user control',
      'topic read b',
      'topic write c',
      'user monitor',
      'topic read #',
      'topic read $SYS/#',
      '',
    ].join('\n'),
  );
});
