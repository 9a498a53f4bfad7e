import {
  energyReadingSchema,
  heatpumpStatusSchema,
  temperatureReadingSchema,
} from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
  TemperatureDeviceReading,
} from '@homelab/heat-pump';
import type { History, House } from '@homelab/plugin-heat-pump-common/messages';

const limits = { staleAfterMs: 90_000, offlineAfterMs: 600_000 };

/** A time some milliseconds ago, as a device writes it. */
export const ago = (ageMs: number) =>
  new Date(Date.now() - ageMs).toISOString();

/** A heat pump's reading for tests: heating, at three degrees of frost. */
export function testHeatPump(
  options: {
    deviceId?: string;
    ageMs?: number;
    clockAhead?: HeatpumpDeviceReading['clockAhead'];
    wholeFields?: string[];
    known?: Partial<HeatpumpStatus>;
  } = {},
): HeatpumpDeviceReading {
  const { deviceId = 'pump-1', ageMs = 2_000, known } = options;
  const { clockAhead = null, wholeFields = [] } = options;
  return {
    stream: 'heatpump',
    deviceId,
    origin: 'live',
    asOf: ago(ageMs),
    clockAhead,
    wholeFields,
    ...limits,
    reading: heatpumpStatusSchema.parse({
      timestamp: ago(ageMs),
      device_id: deviceId,
      mode: 'heating',
      compressor_running: true,
      supply_temp: 38,
      supply_target_temp: 39,
      return_temp: 33,
      actual_temp: 20.4,
      target_temp: 21,
      outdoor_temp: -3,
      hot_water_temp: 47,
      degree_minutes: -42,
      circulation_pump_on: true,
      brine_pump_on: true,
      hot_water_active: false,
      ...known,
    }),
  };
}

/** A meter's reading for tests. */
export function testMeter(
  powerKw: number | null = 2.31,
  deviceId = 'meter-1',
): EnergyDeviceReading {
  return {
    stream: 'energy',
    deviceId,
    origin: 'live',
    asOf: ago(1_000),
    clockAhead: null,
    wholeFields: [],
    ...limits,
    reading: energyReadingSchema.parse({
      timestamp: ago(1_000),
      device_id: deviceId,
      power_kw: powerKw,
    }),
  };
}

/** A room sensor's reading for tests. */
export function testRoom(
  room: string,
  temperature: number,
): TemperatureDeviceReading {
  return {
    stream: 'temperature',
    deviceId: `sensor-${room}`,
    origin: 'live',
    asOf: ago(60_000),
    clockAhead: null,
    wholeFields: [],
    staleAfterMs: 9_000_000,
    offlineAfterMs: 90_000_000,
    reading: temperatureReadingSchema.parse({
      timestamp: ago(60_000),
      device_id: `sensor-${room}`,
      room,
      temperature,
    }),
  };
}

/** A house for tests with one heat pump and a meter. */
export function testHouse(changes: Partial<House> = {}): House {
  const meter = changes.meter === undefined ? testMeter() : changes.meter;
  return {
    sentAt: new Date().toISOString(),
    siteTimeZone: 'Europe/Stockholm',
    sources: {
      live: { ok: true, detail: 'Following live readings.' },
      history: { ok: true, detail: 'Stored readings can be read.' },
    },
    meter,
    meters: meter === null ? [] : [meter],
    heatPumps: [testHeatPump()],
    rooms: [],
    ...changes,
  };
}

/** Three points of history for tests, with a run of the compressor. */
export function testHistory(changes: Partial<History> = {}): History {
  const from = Date.UTC(2026, 0, 12, 6);
  const minute = 60_000;
  return {
    stream: 'heatpump',
    deviceId: 'pump-1',
    from: new Date(from).toISOString(),
    to: new Date(from + 15 * minute).toISOString(),
    siteTimeZone: 'Europe/Stockholm',
    bucketMs: 5 * minute,
    time: [from, from + 5 * minute, from + 10 * minute],
    series: [
      {
        field: 'supply_temp',
        mean: [36, 37.25, 38],
        min: [35, 36, 38],
        max: [37, 39, 38],
      },
    ],
    bands: [
      {
        kind: 'compressor',
        from: new Date(from).toISOString(),
        to: new Date(from + 10 * minute).toISOString(),
        openStart: false,
        openEnd: false,
        label: null,
      },
    ],
    bandsTruncated: false,
    gaps: [],
    estimated: [],
    coverage: 1,
    ...changes,
  };
}
