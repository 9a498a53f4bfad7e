import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import { ago, testRoom } from '../../testing';
import { newestFirst } from './roomOrder';
import { roomsSentence } from './roomsSentence';

const hour = 3_600_000;

function room(
  name: string,
  temperature: number | null,
  changes: { ageMs?: number; battery?: number } = {},
): TemperatureDeviceReading {
  const made = testRoom(name, 20);
  const { ageMs = 60_000, battery = null } = changes;
  return {
    ...made,
    asOf: ago(ageMs),
    reading: { ...made.reading, temperature, battery },
  };
}

it.each([
  ['one room', [room('hall', 20.5)], 'ok', '1 room, 20.5 °C'],
  [
    'several from cold to warm',
    [room('hall', 22), room('cellar', -1.5), room('loft', null)],
    'ok',
    '3 rooms, −1.5 to 22.0 °C',
  ],
  [
    'a low battery',
    [room('hall', 20), room('loft', 18, { battery: 9 })],
    'watch',
    '2 rooms, 18.0 to 20.0 °C; 1 sensor with a low battery',
  ],
  [
    'a silent sensor before its battery',
    [room('hall', 20), room('loft', 18, { battery: 9, ageMs: 3 * hour })],
    'watch',
    '1 of 2 room sensors is silent',
  ],
  [
    'a silent house',
    [room('hall', 20, { ageMs: 30 * hour })],
    'watch',
    'All room sensors are silent',
  ],
])('describes %s', (_, rooms, tone, sentence) => {
  expect(roomsSentence(rooms, Date.now())).toMatchObject({ tone, sentence });
});

it('names who needs somebody, and how many more', () => {
  const rooms = ['a b', 'c d', 'e f', 'g h', 'i j'].map(name =>
    room(name, 20, { battery: 3 }),
  );
  expect(roomsSentence(rooms, Date.now()).advice).toBe(
    'Change the battery of A b, C d, E f and 2 more.',
  );
});

it('puts the newest reading first', () => {
  const rooms = [
    room('old', 20, { ageMs: hour }),
    room('new', 20, { ageMs: 0 }),
  ];
  expect(newestFirst(rooms).map(one => one.reading.room)).toEqual([
    'new',
    'old',
  ]);
});
