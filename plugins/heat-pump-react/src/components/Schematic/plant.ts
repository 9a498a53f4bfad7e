import { isAuxHeaterOn, isMakingHotWater, isRunning } from '@homelab/heat-pump';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { HeatPumpInstallation } from '@homelab/homelab-api-client';
import type { HeatpumpStatus } from '@homelab/telemetry';

/** What a circuit heats with. */
export type EmitterKind = NonNullable<HeatPumpInstallation['circuits']>[number];

/** What the heating consists of. */
export interface Parts {
  bufferTank: boolean;
  hotWaterTank: boolean;
  auxHeater: boolean;
  meter: boolean;
  /** One or two. */
  circuits: readonly EmitterKind[];
}

/** A ground-source heat pump. */
export interface GroundSource {
  kind: 'ground';
  brineFlows: boolean;
  brineStepS: number;
}

/** An air-source heat pump. */
export interface AirSource {
  kind: 'air';
  /** The fan draws air through the evaporator. */
  fanTurns: boolean;
  /** Heat from the water is melting the ice on the evaporator. */
  defrosts: boolean;
}

/** The state that the schematic shows; `null` is unknown. */
export interface Plant {
  status: HeatpumpStatus;
  parts: Parts;
  /** Temperatures of which the device has only sent whole degrees so far. */
  wholeFields: readonly string[];
  compressorRuns: boolean | null;
  auxHeaterOn: boolean | null;
  /** The position of the three-way valve. */
  valve: 'house' | 'tank';
  /** Water is flowing in the heating circuit. */
  waterFlows: boolean;
  source: GroundSource | AirSource;
  alarm: boolean;
  /** Speed of the flow animation: seconds per step; shorter is faster. */
  waterStepS: number;
  power: { label: string; valueKw: number | null };
}

const minFlowLpm = 2;
const slowestStepS = 2.4;

/** Full speed takes a quarter of the slowest step; an unknown speed is drawn at half. */
function stepS(share: number | null): number {
  const speed = Math.max(0, Math.min(1, share ?? 0.5));
  return slowestStepS * (1 - 0.75 * speed);
}

function percentShare(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}

/** A heat pump that reports no brine is an air-source heat pump, unless configured otherwise. */
function sourceKindOf(
  status: HeatpumpStatus,
  installation: HeatPumpInstallation | undefined,
): 'ground' | 'air' {
  const { brine_pump_on, brine_pump_pct, brine_in_temp, brine_out_temp } =
    status;
  const brine = [brine_pump_on, brine_pump_pct, brine_in_temp, brine_out_temp];
  const seen = brine.some(value => value !== null) ? 'ground' : 'air';
  return installation?.source ?? seen;
}

function sourceOf(
  kind: 'ground' | 'air',
  status: HeatpumpStatus,
  isFresh: boolean,
): GroundSource | AirSource {
  if (kind === 'ground') {
    // A heat pump that does not report its brine pump runs it with the compressor.
    const brineFlows = status.brine_pump_on ?? isRunning(status) === true;
    return {
      kind,
      brineFlows: isFresh && brineFlows,
      brineStepS: stepS(percentShare(status.brine_pump_pct)),
    };
  }
  const defrosts = status.defrost_active === true || status.mode === 'defrost';
  return {
    kind,
    fanTurns: isFresh && isRunning(status) === true && !defrosts,
    defrosts,
  };
}

/** The parts as configured; what is not told is there when readings speak of it. */
function partsOf(
  status: HeatpumpStatus,
  meter: EnergyDeviceReading | null,
  installation: HeatPumpInstallation | undefined,
): Parts {
  const { hot_water_temp, hot_water_target_temp, hot_water_active } = status;
  const water = [hot_water_temp, hot_water_target_temp, hot_water_active];
  const makesHotWater = isMakingHotWater(status) === true;
  return {
    bufferTank: installation?.buffer_tank ?? false,
    hotWaterTank:
      installation?.hot_water_tank ??
      (makesHotWater || water.some(value => value !== null)),
    auxHeater: installation?.aux_heater ?? isAuxHeaterOn(status) !== null,
    meter:
      installation?.electricity_meter ??
      (meter !== null || status.power_consumption_kw !== null),
    circuits: installation?.circuits ?? ['radiators'],
  };
}

/**
 * Derives the schematic from a heat pump's status and what is configured of it. Nothing moves with
 * an old reading.
 */
export function plantOf(
  heatPump: HeatpumpDeviceReading,
  meter: EnergyDeviceReading | null,
  isFresh: boolean,
  installation?: HeatPumpInstallation,
): Plant {
  const status = heatPump.reading;
  const parts = partsOf(status, meter, installation);
  const flow = status.flow_rate_lpm;
  const waterFlows =
    status.circulation_pump_on ?? (flow !== null && flow >= minFlowLpm);
  return {
    status,
    parts,
    wholeFields: heatPump.wholeFields,
    compressorRuns: isRunning(status),
    auxHeaterOn: isAuxHeaterOn(status),
    valve: parts.hotWaterTank && isMakingHotWater(status) ? 'tank' : 'house',
    waterFlows: isFresh && waterFlows,
    alarm: status.mode === 'alarm' || (status.alarm_codes ?? []).length > 0,
    // 30 L/min is a high flow for a house; the pump's speed is used if the flow is unknown.
    waterStepS: stepS(
      flow === null ? percentShare(status.circulation_pump_pct) : flow / 30,
    ),
    source: sourceOf(sourceKindOf(status, installation), status, isFresh),
    power:
      meter === null
        ? { label: 'Heat pump', valueKw: status.power_consumption_kw }
        : { label: 'House', valueKw: meter.reading.power_kw },
  };
}
