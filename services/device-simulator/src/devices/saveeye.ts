import { phases } from '../house-model/day-plan.ts';
import type { Phase } from '../house-model/day-plan.ts';
import type { HouseState } from '../house-model/house.ts';
import { deviceMqttTopic } from './device-message.ts';
import type { DeviceMessage } from './device-message.ts';

type PerPhase = Record<Phase, number>;

/** The JSON of a SaveEye meter reader: W, Wh, V, mA and %. */
export interface SaveEyePayload {
  saveeyeDeviceSerialNumber: string;
  /** UTC, whole seconds. */
  timestamp: string;
  wifiRssi: number;
  activeActualConsumption: PerPhase & { total: number };
  activeActualProduction: { total: number };
  activeTotalConsumption: { total: number };
  activeTotalProduction: { total: number };
  rmsVoltage: PerPhase;
  rmsCurrent: PerPhase;
  powerFactor: { total: number };
}

/** What this device publishes. */
export type SaveEyeMessage = DeviceMessage<'saveeye', SaveEyePayload>;

const openCircuitV = 233;
// The cable to the transformer: volts lost per ampere.
const cableOhm = 0.18;
const heatPumpPowerFactor = 0.9;
const householdPowerFactor = 0.97;

/**
 * The message of a SaveEye at a time within the step that ends in `state`. Phases are
 * whole watts and the total is their sum; the counter is exact for that time.
 */
export function saveEyeMessage(
  state: HouseState,
  at: { measuredAtMs: number; houseMs: number; rssi: number },
  device: { serial: string },
): SaveEyeMessage {
  const importW = sumOf(state.phaseW);
  const untilStateS = (state.timeMs - at.houseMs) / 1000;
  const importedWh = state.counters.importWh - (importW * untilStateS) / 3600;
  const wholeW = mapPhases(phase => Math.round(state.phaseW[phase]));
  const factor = powerFactor(state);
  const voltageV = mapPhases(phase => {
    const ampere = wholeW[phase] / (openCircuitV * factor);
    return Math.round(openCircuitV - cableOhm * ampere);
  });
  return {
    format: 'saveeye',
    mqttTopic: deviceMqttTopic('saveeye', device.serial),
    measuredAtMs: at.measuredAtMs,
    payload: {
      saveeyeDeviceSerialNumber: device.serial,
      timestamp: `${new Date(at.measuredAtMs).toISOString().slice(0, 19)}Z`,
      wifiRssi: at.rssi,
      activeActualConsumption: { ...wholeW, total: sumOf(wholeW) },
      activeActualProduction: { total: 0 },
      activeTotalConsumption: { total: Math.floor(importedWh) },
      activeTotalProduction: { total: 0 },
      rmsVoltage: voltageV,
      rmsCurrent: mapPhases(phase =>
        Math.round((1000 * wholeW[phase]) / (voltageV[phase] * factor)),
      ),
      powerFactor: { total: Math.round(100 * factor) },
    },
  };
}

/** The more the compressor draws of the total, the lower the power factor. */
function powerFactor({ heatPump, phaseW }: HouseState): number {
  const share = heatPump.compressor.electricW / Math.max(1, sumOf(phaseW));
  return (
    householdPowerFactor + (heatPumpPowerFactor - householdPowerFactor) * share
  );
}

function mapPhases(valueOf: (phase: Phase) => number): PerPhase {
  return { L1: valueOf('L1'), L2: valueOf('L2'), L3: valueOf('L3') };
}

function sumOf(values: Readonly<PerPhase>): number {
  return phases.reduce((total, phase) => total + values[phase], 0);
}
