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
 * The canonical reading that the pipeline makes of a device's message, with the time of
 * the device. History is published so, since only there a time in the past is trusted.
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
  said: ThermiqPayload,
  timestamp: string,
): Partial<HeatpumpStatus> {
  const status = (bit: number) => (said.d16 & bit) !== 0;
  const aux3KwOn = (said.d13 & 1) !== 0;
  const aux6KwOn = (said.d13 & 2) !== 0;
  return {
    timestamp,
    device_id: said.Client_Name,
    source: 'thermiq',
    rssi: said.rssi,
    mode: thermiqMode(said),
    operating_mode: 'auto',
    actual_temp: withTenths(said.d1, said.d2),
    target_temp: withTenths(said.d3, said.d4),
    outdoor_temp: said.d0,
    supply_temp: said.d5,
    supply_target_temp: said.d14,
    return_temp: said.d6,
    hot_water_temp: said.d7,
    hot_water_target_temp: said.d84,
    brine_out_temp: said.d8,
    brine_in_temp: said.d9,
    brine_pump_on: status(1),
    compressor_running: status(2),
    circulation_pump_on: status(4),
    hot_water_active: status(8),
    circulation_pump_pct: said.d30,
    brine_pump_pct: said.d31,
    defrost_active: said.d27 > 0,
    aux_heater_3kw_on: aux3KwOn,
    aux_heater_6kw_on: aux6KwOn,
    aux_heater_kw: (aux3KwOn ? 3 : 0) + (aux6KwOn ? 6 : 0),
    degree_minutes: said.d25,
    runtime_compressor_h: said.d104,
    runtime_aux_3kw_h: said.d106,
    runtime_hot_water_h: said.d108,
    runtime_aux_6kw_h: said.d114,
    alarm_codes: [],
  };
}

/** The module has no word for a legionella run: it is hot water like any other. */
function thermiqMode(said: ThermiqPayload): HeatpumpStatus['mode'] {
  if ((said.d16 & 8) !== 0) return 'hot_water';
  if ((said.d16 & 2) !== 0) return 'heating';
  return said.d13 === 0 ? 'standby' : 'aux_only';
}

function withTenths(whole: number, tenths: number): number {
  return Math.round(whole * 10 + tenths) / 10;
}

function fromSaveEye(
  said: SaveEyePayload,
  timestamp: string,
): Partial<EnergyReading> {
  const powerW = said.activeActualConsumption;
  const { L1, L2, L3 } = said.rmsVoltage;
  const currentMa = said.rmsCurrent;
  return {
    timestamp,
    device_id: said.saveeyeDeviceSerialNumber,
    source: 'saveeye',
    rssi: said.wifiRssi,
    power_kw: powerW.total / 1000,
    production_power_kw: said.activeActualProduction.total / 1000,
    power_l1_kw: powerW.L1 / 1000,
    power_l2_kw: powerW.L2 / 1000,
    power_l3_kw: powerW.L3 / 1000,
    total_energy_kwh: said.activeTotalConsumption.total / 1000,
    total_production_kwh: said.activeTotalProduction.total / 1000,
    voltage: Math.round(((L1 + L2 + L3) / 3) * 1000) / 1000,
    voltage_l1: L1,
    voltage_l2: L2,
    voltage_l3: L3,
    current: (currentMa.L1 + currentMa.L2 + currentMa.L3) / 1000,
    current_l1: currentMa.L1 / 1000,
    current_l2: currentMa.L2 / 1000,
    current_l3: currentMa.L3 / 1000,
    power_factor: said.powerFactor.total / 100,
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
    // Only a name that the owner gave says where the sensor is.
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
  said: Zigbee2MqttPayload,
  { timestamp, deviceId }: { timestamp: string; deviceId: string },
): Partial<TemperatureReading> {
  return {
    timestamp,
    device_id: deviceId,
    room: deviceId,
    source: 'zigbee2mqtt',
    temperature: said.temperature,
    humidity: said.humidity,
    battery: said.battery,
    battery_voltage: said.voltage / 1000,
    link_quality: said.linkquality,
  };
}
