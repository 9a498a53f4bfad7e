import { canonicalMqttTopic } from '@homelab/telemetry';
import type {
  EnergyReading,
  HeatpumpStatus,
  TemperatureReading,
} from '@homelab/telemetry';
import type { SimulatedMessage } from './simulated-message.ts';
import { fromHeishamon } from './heishamon-reading.ts';
import type { SaveEyePayload } from './saveeye.ts';
import type { ShellyHtMessage } from './shelly-ht.ts';
import type { ThermiqPayload } from './thermiq.ts';
import type { Zigbee2MqttPayload } from './zigbee2mqtt.ts';

/** A canonical reading; fields its device does not measure are left out. */
type CanonicalReading =
  | Partial<EnergyReading>
  | Partial<HeatpumpStatus>
  | Partial<TemperatureReading>;

/** A canonical reading and the MQTT topic it is published on. */
export interface CanonicalMessage {
  readonly mqttTopic: string;
  readonly payload: CanonicalReading;
}

/**
 * The canonical reading that the bridge makes of a device's message, with the device's time.
 * History is published this way because the bridge trusts past times only in canonical
 * messages.
 */
export function toCanonical(message: SimulatedMessage): CanonicalMessage {
  const timestamp = new Date(message.measuredAtMs).toISOString();
  switch (message.format) {
    case 'thermiq': {
      const deviceId = message.payload.Client_Name;
      return {
        mqttTopic: canonicalMqttTopic('heatpump', deviceId),
        payload: fromThermiq(message.payload, timestamp),
      };
    }
    case 'heishamon': {
      const deviceId = message.mqttTopic;
      return {
        mqttTopic: canonicalMqttTopic('heatpump', deviceId),
        payload: fromHeishamon(message.payload, { timestamp, deviceId }),
      };
    }
    case 'saveeye': {
      const deviceId = message.payload.saveeyeDeviceSerialNumber;
      return {
        mqttTopic: canonicalMqttTopic('energy', deviceId),
        payload: fromSaveEye(message.payload, timestamp),
      };
    }
    case 'shelly': {
      return {
        mqttTopic: canonicalMqttTopic('temperature', message.payload.src),
        payload: fromShelly(message, timestamp),
      };
    }
    case 'zigbee2mqtt': {
      const deviceId = message.mqttTopic.replace(/^[^/]+\//, '');
      return {
        mqttTopic: canonicalMqttTopic('temperature', deviceId),
        payload: fromZigbee2Mqtt(message.payload, { timestamp, deviceId }),
      };
    }
  }
}

function fromThermiq(
  payload: ThermiqPayload,
  timestamp: string,
): Partial<HeatpumpStatus> {
  const status = (bit: number) => (payload.d16 & bit) !== 0;
  const aux3KwOn = (payload.d13 & 1) !== 0;
  const aux6KwOn = (payload.d13 & 2) !== 0;
  return {
    timestamp,
    device_id: payload.Client_Name,
    source: 'thermiq',
    rssi: payload.rssi,
    mode: thermiqMode(payload),
    operating_mode: 'auto',
    actual_temp: withTenths(payload.d1, payload.d2),
    target_temp: withTenths(payload.d3, payload.d4),
    outdoor_temp: payload.d0,
    supply_temp: payload.d5,
    supply_target_temp: payload.d14,
    return_temp: payload.d6,
    hot_water_temp: payload.d7,
    hot_water_target_temp: payload.d84,
    brine_out_temp: payload.d8,
    brine_in_temp: payload.d9,
    brine_pump_on: status(1),
    compressor_running: status(2),
    circulation_pump_on: status(4),
    hot_water_active: status(8),
    circulation_pump_pct: payload.d30,
    brine_pump_pct: payload.d31,
    defrost_active: payload.d27 > 0,
    aux_heater_3kw_on: aux3KwOn,
    aux_heater_6kw_on: aux6KwOn,
    aux_heater_kw: (aux3KwOn ? 3 : 0) + (aux6KwOn ? 6 : 0),
    degree_minutes: payload.d25,
    runtime_compressor_h: payload.d104,
    runtime_aux_3kw_h: payload.d106,
    runtime_hot_water_h: payload.d108,
    runtime_aux_6kw_h: payload.d114,
    alarm_codes: [],
  };
}

/** The module has no code for a legionella run: it shows as hot water. */
function thermiqMode(payload: ThermiqPayload): HeatpumpStatus['mode'] {
  if ((payload.d16 & 8) !== 0) return 'hot_water';
  if ((payload.d16 & 2) !== 0) return 'heating';
  return payload.d13 === 0 ? 'standby' : 'aux_only';
}

function withTenths(whole: number, tenths: number): number {
  return Math.round(whole * 10 + tenths) / 10;
}

function fromSaveEye(
  payload: SaveEyePayload,
  timestamp: string,
): Partial<EnergyReading> {
  const powerW = payload.activeActualConsumption;
  const { L1, L2, L3 } = payload.rmsVoltage;
  const currentMa = payload.rmsCurrent;
  return {
    timestamp,
    device_id: payload.saveeyeDeviceSerialNumber,
    source: 'saveeye',
    rssi: payload.wifiRssi,
    power_kw: powerW.total / 1000,
    production_power_kw: payload.activeActualProduction.total / 1000,
    power_l1_kw: powerW.L1 / 1000,
    power_l2_kw: powerW.L2 / 1000,
    power_l3_kw: powerW.L3 / 1000,
    total_energy_kwh: payload.activeTotalConsumption.total / 1000,
    total_production_kwh: payload.activeTotalProduction.total / 1000,
    voltage: Math.round(((L1 + L2 + L3) / 3) * 1000) / 1000,
    voltage_l1: L1,
    voltage_l2: L2,
    voltage_l3: L3,
    current: (currentMa.L1 + currentMa.L2 + currentMa.L3) / 1000,
    current_l1: currentMa.L1 / 1000,
    current_l2: currentMa.L2 / 1000,
    current_l3: currentMa.L3 / 1000,
    power_factor: payload.powerFactor.total / 100,
  };
}

function fromShelly(
  { mqttTopic, payload }: ShellyHtMessage,
  timestamp: string,
): Partial<TemperatureReading> {
  const { src, params } = payload;
  const prefix = mqttTopic.replace(/\/events\/rpc$/, '');
  const { battery } = params['devicepower:0'];
  return {
    timestamp,
    device_id: src,
    // Only a name given by the owner tells the room.
    ...(prefix === src ? {} : { room: prefix }),
    source: 'shelly',
    rssi: params.wifi.rssi,
    temperature: params['temperature:0'].tC,
    humidity: params['humidity:0'].rh,
    battery: battery.percent,
    battery_voltage: battery.V,
  };
}

function fromZigbee2Mqtt(
  payload: Zigbee2MqttPayload,
  { timestamp, deviceId }: { timestamp: string; deviceId: string },
): Partial<TemperatureReading> {
  return {
    timestamp,
    device_id: deviceId,
    room: deviceId,
    source: 'zigbee2mqtt',
    temperature: payload.temperature,
    humidity: payload.humidity,
    battery: payload.battery,
    battery_voltage: payload.voltage / 1000,
    link_quality: payload.linkquality,
  };
}
