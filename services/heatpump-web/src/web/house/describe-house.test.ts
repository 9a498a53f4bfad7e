import {
  heatpumpStatusSchema,
  temperatureReadingSchema,
} from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';
import type { Freshness } from '@homelab/heat-pump';
import { expect, test } from 'vitest';
import { describeHouse } from './describe-house.ts';

const at = '2026-01-12T06:00:00.000Z';
const delivered = {
  origin: 'live' as const,
  asOf: at,
  clockAhead: null,
  wholeFields: [] as string[],
  staleAfterMs: 90_000,
  offlineAfterMs: 600_000,
};

function sentence(
  known: Partial<HeatpumpStatus> | undefined,
  options: {
    freshness?: Freshness;
    roomsC?: number[];
    isLive?: boolean;
    isHouseSilent?: boolean;
  } = {},
): string {
  const { tone, lead, rest } = describeHouse({
    heatPump: known && {
      ...delivered,
      ...{ stream: 'heatpump' as const, deviceId: 'p' },
      reading: heatpumpStatusSchema.parse({
        ...{ timestamp: at, device_id: 'p', mode: 'heating' },
        ...{ actual_temp: 20.9, target_temp: 21, ...known },
      }),
    },
    freshness: options.freshness ?? 'fresh',
    freshRooms: (options.roomsC ?? []).map(temperature => ({
      ...delivered,
      ...{ stream: 'temperature' as const, deviceId: 'r' },
      reading: temperatureReadingSchema.parse({
        ...{ timestamp: at, device_id: 'r', temperature },
      }),
    })),
    silentFor: '12 min',
    isLive: options.isLive ?? true,
    isHouseSilent: options.isHouseSilent ?? false,
  });
  return `${tone}: ${lead}${rest}`.replaceAll('\u00a0', ' ');
}

test('a house that is warm is well', () => {
  expect(sentence({})).toBe(
    'ok: All is well. It is 20.9 °C inside, and the heat pump is heating.',
  );
  expect(sentence({ actual_temp: null, mode: 'hot_water' })).toBe(
    'ok: All is well. The heat pump is making hot water.',
  );
});

test('an alarm comes before a cool room', () => {
  const words = sentence({ actual_temp: 15, alarm_codes: ['low_pressure'] });
  expect(words).toBe('act: The heat pump reports an alarm: low pressure.');
});

test('a cool house is told with what was wished', () => {
  expect(sentence({ actual_temp: 19.4 })).toBe(
    'watch: It is cooler than you want: 19.4 °C inside instead of 21.0, and the heat pump is heating.',
  );
  expect(sentence({ actual_temp: 20.1 })).toMatch(/^ok/);
});

test('a silent heat pump is not described as if it still spoke', () => {
  const alarmed = { alarm_codes: ['low_pressure'] };
  expect(sentence(alarmed, { freshness: 'offline' })).toBe(
    'watch: The heat pump is silent. Its last value came 12 min ago.',
  );
  const house = { freshness: 'stale' as const, isHouseSilent: true };
  expect(sentence(alarmed, house)).toMatch(/^unknown: The house is silent\./);
});

test('what is only remembered is not said to be well', () => {
  expect(sentence({ alarm_codes: ['low_pressure'] }, { isLive: false })).toBe(
    'unknown: Last known: 20.9 °C inside, and the heat pump is heating.',
  );
});

test('without a heat pump the rooms speak, and without rooms nobody', () => {
  expect(sentence(undefined, { roomsC: [20, 21] })).toBe(
    'ok: It is 20.5 °C inside.',
  );
  expect(sentence(undefined)).toMatch(/^unknown: Waiting for the house/);
});
