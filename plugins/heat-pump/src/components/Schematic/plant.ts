import { isAuxHeaterOn, isMakingHotWater, isRunning } from '@homelab/heat-pump';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { HeatpumpStatus } from '@homelab/telemetry';

/** A heat pump on a borehole. */
export interface GroundSource {
  kind: 'ground';
  brineFlows: boolean;
  brineStepS: number;
}

/** A heat pump on outdoor air. */
export interface AirSource {
  kind: 'air';
  /** The fan draws air through the evaporator. */
  fanTurns: boolean;
  /** Heat of the water melts the ice on the evaporator. */
  defrosts: boolean;
}

/** What the schematic shows; `null` is not known. */
export interface Plant {
  status: HeatpumpStatus;
  /** Temperatures of which the device has only sent whole degrees so far. */
  wholeFields: readonly string[];
  compressorRuns: boolean | null;
  auxHeaterOn: boolean | null;
  /** Where the three-way valve leads. */
  valve: 'house' | 'tank';
  /** Water moves in the heating circuit. */
  waterFlows: boolean;
  source: GroundSource | AirSource;
  alarm: boolean;
  /** How fast flow is drawn: seconds for one step; shorter is faster. */
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

/** A heat pump that never tells of brine takes its heat from the air. */
function sourceOf(
  status: HeatpumpStatus,
  isFresh: boolean,
): GroundSource | AirSource {
  const { brine_pump_on, brine_pump_pct, brine_in_temp, brine_out_temp } =
    status;
  const brine = [brine_pump_on, brine_pump_pct, brine_in_temp, brine_out_temp];
  if (brine.some(value => value !== null)) {
    return {
      kind: 'ground',
      brineFlows: isFresh && brine_pump_on === true,
      brineStepS: stepS(percentShare(brine_pump_pct)),
    };
  }
  const defrosts = status.defrost_active === true || status.mode === 'defrost';
  return {
    kind: 'air',
    fanTurns: isFresh && isRunning(status) === true && !defrosts,
    defrosts,
  };
}

/** Reads from a heat pump's status what is drawn of it. Nothing moves in an old reading. */
export function plantOf(
  heatPump: HeatpumpDeviceReading,
  meter: EnergyDeviceReading | null,
  isFresh: boolean,
): Plant {
  const status = heatPump.reading;
  const flow = status.flow_rate_lpm;
  const waterFlows =
    status.circulation_pump_on ?? (flow !== null && flow >= minFlowLpm);
  return {
    status,
    wholeFields: heatPump.wholeFields,
    compressorRuns: isRunning(status),
    auxHeaterOn: isAuxHeaterOn(status),
    valve: isMakingHotWater(status) ? 'tank' : 'house',
    waterFlows: isFresh && waterFlows,
    alarm: status.mode === 'alarm' || (status.alarm_codes ?? []).length > 0,
    // 30 L/min is brisk for a house; the pump's own speed serves where flow is not known.
    waterStepS: stepS(
      flow === null ? percentShare(status.circulation_pump_pct) : flow / 30,
    ),
    source: sourceOf(status, isFresh),
    power:
      meter === null
        ? { label: 'Heat pump', valueKw: status.power_consumption_kw }
        : { label: 'House', valueKw: meter.reading.power_kw },
  };
}
