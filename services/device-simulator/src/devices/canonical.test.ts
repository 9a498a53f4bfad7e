import { isStream, readReading } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { readByBridge } from '../../test/read-by-bridge.ts';
import { site } from '../../test/run-house.ts';
import {
  sampleBorehole,
  sampleHouse,
  sampleMs,
} from '../../test/sample-house.ts';
import { createHouseDevices } from '../house-devices.ts';
import { initialHouse } from '../house-model/house.ts';
import type { HouseState } from '../house-model/house.ts';
import { createRandom } from '../house-model/random.ts';
import { dayMs, minuteMs } from '../house-model/units.ts';
import { createSimulation, houseBeginsMs } from '../simulation.ts';
import { toCanonical } from './canonical.ts';
import { heishamonMessage } from './heishamon.ts';
import { saveEyeMessage } from './saveeye.ts';
import { shellyHtMessage } from './shelly-ht.ts';
import type { SimulatedMessage } from './simulated-message.ts';
import { thermiqMessage } from './thermiq.ts';
import { zigbee2MqttMessage } from './zigbee2mqtt.ts';

const timestamp = '2026-01-12T06:31:00.000Z';

function thermiq(control: Partial<HouseState['heatPump']['control']> = {}) {
  const state = sampleHouse();
  const heatPump = {
    ...state.heatPump,
    control: { ...state.heatPump.control, ...control },
  };
  return toCanonical(
    thermiqMessage(
      { ...state, heatPump },
      sampleBorehole,
      { measuredAtMs: sampleMs, rssi: -60, site },
      { node: 'thermiq_heatpump', clientName: 'ThermIQ_home' },
    ),
  );
}

test('a ThermIQ message is a heat pump reading without power, which it does not measure', () => {
  expect(thermiq()).toEqual({
    mqttTopic: 'homelab/heatpump/ThermIQ_home',
    payload: {
      timestamp,
      device_id: 'ThermIQ_home',
      source: 'thermiq',
      rssi: -60,
      mode: 'heating',
      operating_mode: 'auto',
      actual_temp: 20.5,
      target_temp: 21,
      outdoor_temp: -3,
      supply_temp: 38,
      supply_target_temp: 39,
      return_temp: 33,
      hot_water_temp: 49,
      hot_water_target_temp: 52,
      brine_out_temp: -1,
      brine_in_temp: 2,
      brine_pump_on: true,
      compressor_running: true,
      circulation_pump_on: true,
      hot_water_active: false,
      circulation_pump_pct: 60,
      brine_pump_pct: 70,
      defrost_active: false,
      aux_heater_3kw_on: false,
      aux_heater_6kw_on: false,
      aux_heater_kw: 0,
      degree_minutes: -42,
      runtime_compressor_h: 41_230,
      runtime_aux_3kw_h: 452,
      runtime_hot_water_h: 3150,
      runtime_aux_6kw_h: 470,
      alarm_codes: [],
    },
  });
});

test.each([
  ['hot_water', { destination: 'tank' }],
  ['hot_water', { destination: 'tank', compressorOn: false, auxKw: 6 }],
  ['heating', { auxKw: 3 }],
  ['aux_only', { compressorOn: false, auxKw: 9 }],
  ['standby', { compressorOn: false }],
] as const)('the most urgent mode wins: %s', (mode, control) => {
  expect(thermiq(control).payload).toMatchObject({ mode });
});

test('a SaveEye message is an energy reading in kW, kWh and A', () => {
  const message = saveEyeMessage(
    sampleHouse(),
    { measuredAtMs: sampleMs, houseMs: sampleMs, rssi: -41 },
    { serial: 'HOME0001' },
  );
  expect(toCanonical(message)).toEqual({
    mqttTopic: 'homelab/energy/HOME0001',
    payload: {
      timestamp,
      device_id: 'HOME0001',
      source: 'saveeye',
      rssi: -41,
      power_kw: 4.066,
      production_power_kw: 0,
      power_l1_kw: 1.911,
      power_l2_kw: 1.022,
      power_l3_kw: 1.133,
      total_energy_kwh: 100_000.668,
      total_production_kwh: 0,
      voltage: 231.667,
      voltage_l1: 231,
      voltage_l2: 232,
      voltage_l3: 232,
      current: 18.876,
      current_l1: 8.892,
      current_l2: 4.735,
      current_l3: 5.249,
      power_factor: 0.93,
    },
  });
});

test('sensors are temperature readings under their own ids, in the rooms they are named after', () => {
  const climate = { temperatureC: 21.337, humidityPct: 44.68 };
  const at = {
    measuredAtMs: sampleMs,
    rssi: -55,
    linkQuality: 120,
    batteryPct: 50,
  };
  const id = 'shellyhtg3-1';
  const renamed = { id, mqttTopicPrefix: 'bedroom' };
  expect(toCanonical(shellyHtMessage(climate, at, renamed))).toEqual({
    mqttTopic: 'homelab/temperature/shellyhtg3-1',
    payload: {
      timestamp,
      device_id: id,
      room: 'bedroom',
      source: 'shelly',
      rssi: -55,
      temperature: 21.3,
      humidity: 44.7,
      battery: 50,
      battery_voltage: 5.4,
    },
  });
  const asDelivered = { id, mqttTopicPrefix: id };
  expect(
    toCanonical(shellyHtMessage(climate, at, asDelivered)).payload,
  ).not.toHaveProperty('room');
  expect(
    toCanonical(
      zigbee2MqttMessage(climate, at, { friendlyName: 'attic/east' }),
    ),
  ).toEqual({
    mqttTopic: 'homelab/temperature/attic%2Feast',
    payload: {
      timestamp,
      device_id: 'attic/east',
      room: 'attic/east',
      source: 'zigbee2mqtt',
      temperature: 21.34,
      humidity: 44.68,
      battery: 50,
      battery_voltage: 2.8,
      link_quality: 120,
    },
  });
});

/** The reading in a message as history publishes it. */
function readCanonical(message: SimulatedMessage) {
  const { mqttTopic, payload } = toCanonical(message);
  const stream = mqttTopic.split('/')[1] ?? '';
  if (!isStream(stream)) throw new Error(`${mqttTopic} names no stream.`);
  return readReading(stream, JSON.parse(JSON.stringify(payload)));
}

test.each([
  ['air', 'heishamon'],
  ['ground', 'thermiq'],
] as const)(
  'the history of the %s house is what the bridge makes of its messages, within every range',
  (house, heatPumpFormat) => {
    const random = createRandom(12);
    const simulation = createSimulation({ house, random, site });
    const devices = createHouseDevices({ random, site });
    const seen = new Set<string>();
    for (
      let at = houseBeginsMs;
      at < houseBeginsMs + 2 * dayMs;
      at += minuteMs
    ) {
      const moment = {
        state: simulation.advanceTo(at),
        stampMs: at,
        houseMs: at,
      };
      for (const message of devices.messagesAt(moment, {
        density: 'reduced',
      })) {
        const read = readCanonical(message);
        expect(read).toMatchObject({ ok: true, outOfRange: [] });
        expect(read).toEqual(readByBridge(message));
        seen.add(message.format);
      }
    }
    expect(seen).toEqual(
      new Set([heatPumpFormat, 'saveeye', 'shelly', 'zigbee2mqtt']),
    );
  },
);

test.each([
  ['heating', { compressorHz: 40 }, {}],
  ['hot_water', { compressorHz: 40 }, { destination: 'tank' }],
  ['hot_water', { compressorHz: 0 }, { destination: 'tank', auxKw: 3 }],
  ['legionella', { compressorHz: 40 }, { legionella: 'heating' }],
  ['aux_only', { compressorHz: 0 }, { auxKw: 3 }],
  ['standby', { compressorHz: 0 }, { destination: 'tank' }],
  ['defrost', { compressorHz: 40, heatW: -4000 }, {}],
] as const)(
  'history and bridge agree on the HeishaMon mode %s',
  (mode, { compressorHz, ...compressor }, control) => {
    const { heatPump, ...state } = initialHouse(sampleMs, {
      house: 'air',
      random: createRandom(1),
      ...site,
    });
    if (heatPump.source.kind !== 'air') throw new Error('No outdoor unit.');
    const source = { ...heatPump.source, compressorHz };
    const message = heishamonMessage(
      {
        ...state,
        heatPump: {
          ...heatPump,
          compressor: { ...heatPump.compressor, ...compressor },
          control: { ...heatPump.control, ...control },
        },
      },
      source,
      { measuredAtMs: sampleMs },
      { base: 'panasonic_heat_pump' },
    );
    const read = readCanonical(message);
    expect(read).toMatchObject({ ok: true, reading: { mode } });
    expect(read).toEqual(readByBridge(message));
  },
);
