import { freshnessOf } from '@homelab/heat-pump';
import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import { formatNumber } from '@homelab/portal-react/ui';
import type { Tone } from '@homelab/portal-react/ui';
import { lookOf } from '../measurements';
import { roomName } from './roomOrder';

/** From this charge on, in percent, a battery is to be changed soon. */
export const lowBatteryPct = 15;

/** The rooms in one sentence: how warm they are, and what needs somebody. */
export function roomsSentence(
  rooms: readonly TemperatureDeviceReading[],
  nowMs: number,
): { tone: Tone; sentence: string; advice?: string } {
  const isFresh = (room: TemperatureDeviceReading) =>
    freshnessOf(nowMs - Date.parse(room.asOf), room) === 'fresh';
  const silent = rooms.filter(room => !isFresh(room));
  const low = rooms.filter(
    ({ reading }) =>
      reading.battery !== null && reading.battery <= lowBatteryPct,
  );
  const many = (count: number) => (count === 1 ? 'sensor' : 'sensors');
  if (silent.length > 0) {
    return {
      tone: 'watch',
      sentence:
        silent.length === rooms.length
          ? 'All room sensors are silent'
          : `${silent.length} of ${rooms.length} room sensors ${silent.length === 1 ? 'is' : 'are'} silent`,
      advice: `Check battery and radio of ${namesOf(silent)}.`,
    };
  }
  const sentence = warmthOf(rooms);
  if (low.length === 0) return { tone: 'ok', sentence };
  return {
    tone: 'watch',
    sentence: `${sentence}; ${low.length} ${many(low.length)} with a low battery`,
    advice: `Change the battery of ${namesOf(low)}.`,
  };
}

/** More names than this are a list of their own. */
const maxNames = 3;

function namesOf(rooms: readonly TemperatureDeviceReading[]): string {
  const names = rooms.slice(0, maxNames).map(roomName);
  const others = rooms.length - names.length;
  return others === 0
    ? names.join(', ')
    : `${names.join(', ')} and ${others} more`;
}

function warmthOf(rooms: readonly TemperatureDeviceReading[]): string {
  const known = rooms
    .filter(({ reading }) => reading.temperature !== null)
    .sort(
      (a, b) => (a.reading.temperature ?? 0) - (b.reading.temperature ?? 0),
    );
  const count = `${rooms.length} ${rooms.length === 1 ? 'room' : 'rooms'}`;
  const [coldest] = known;
  const warmest = known.at(-1);
  if (coldest === undefined || warmest === undefined) return count;
  const write = (room: TemperatureDeviceReading) =>
    formatNumber(
      room.reading.temperature,
      lookOf(room, 'temperature').decimals,
    );
  return coldest === warmest
    ? `${count}, ${write(coldest)} °C`
    : `${count}, ${write(coldest)} to ${write(warmest)} °C`;
}
