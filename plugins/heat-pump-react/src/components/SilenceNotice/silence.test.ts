import type { DeviceReading } from '@homelab/heat-pump';
import { ago, testHeatPump, testMeter, testRoom } from '../../testing';
import { silencesOf } from './silence';

const minute = 60_000;

const pump = (ageMs: number) => testHeatPump({ ageMs });
const meter = (ageMs: number, deviceId = 'meter-1') => ({
  ...testMeter(1, deviceId),
  asOf: ago(ageMs),
});
function room(name: string, ageMs: number, source: string | null = null) {
  const made = testRoom(name, 20);
  return { ...made, asOf: ago(ageMs), reading: { ...made.reading, source } };
}

const kinds = (readings: DeviceReading[]) =>
  silencesOf(readings, Date.now()).map(silence =>
    silence.kind === 'device' ? silence.deviceId : silence.kind,
  );

it.each([
  ['nobody', [pump(0), meter(0)], []],
  [
    'a device, while another is heard',
    [pump(5 * minute), meter(0)],
    ['pump-1'],
  ],
  ['the only device', [pump(5 * minute)], ['pump-1']],
  ['all that send steadily', [pump(5 * minute), meter(4 * minute)], ['house']],
  [
    'each for itself, when a sleeper was heard since',
    [pump(5 * minute), meter(4 * minute), room('hall', minute)],
    ['pump-1', 'meter-1'],
  ],
  [
    'a gateway with all of its sensors',
    [
      pump(0),
      room('hall', 200 * minute, 'zigbee2mqtt'),
      room('loft', 180 * minute, 'zigbee2mqtt'),
    ],
    ['gateway'],
  ],
  [
    'one sensor of a gateway that works',
    [
      room('hall', 200 * minute, 'zigbee2mqtt'),
      room('loft', minute, 'zigbee2mqtt'),
    ],
    ['sensor-hall'],
  ],
  [
    'no meter that was taken away long ago',
    [pump(0), meter(9 * 24 * 60 * minute, 'old')],
    [],
  ],
])('tells %s', (_, readings, told) => {
  expect(kinds(readings)).toEqual(told);
});
