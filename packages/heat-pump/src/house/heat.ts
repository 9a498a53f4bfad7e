import type { HeatpumpStatus } from '@homelab/telemetry';

/** Heat capacity of a litre of water at about 40 °C, in kJ/K. */
const waterKjPerLitreKelvin = 4.15;

/** Below this flow, in L/min, a flow meter shows noise and no heat is transferred. */
const minFlowLpm = 2;

/** Below this power, in kW, the ratio of two powers is meaningless. */
export const minCopPowerKw = 0.15;

/** Inputs to compute heat from water flow; `null` is unknown. */
export interface WaterCircuit {
  flowLpm: number | null;
  supplyC: number | null;
  returnC: number | null;
}

/**
 * Heat output to a water circuit, in kW; negative when the return is warmer.
 * `null` when flow or a temperature is unknown.
 */
export function heatOutputKw(circuit: WaterCircuit): number | null {
  const { flowLpm, supplyC, returnC } = circuit;
  if (flowLpm === null) return null;
  // What does not flow carries nothing, however warm it is.
  if (flowLpm < minFlowLpm) return 0;
  if (supplyC === null || returnC === null) return null;
  return (flowLpm * (supplyC - returnC) * waterKjPerLitreKelvin) / 60;
}

/** A value and where it comes from. */
export interface Derived {
  value: number | null;
  /** `measured` by the device, `computed` from other measurements, or `unknown`. */
  basis: 'measured' | 'computed' | 'unknown';
}

const unknown: Derived = { value: null, basis: 'unknown' };

/** Heat output of a heat pump in kW: as reported, else from flow and temperatures. */
export function heatOutputOf(status: HeatpumpStatus): Derived {
  if (status.heat_output_kw !== null) {
    return { value: status.heat_output_kw, basis: 'measured' };
  }
  const value = heatOutputKw({
    flowLpm: status.flow_rate_lpm,
    supplyC: status.supply_temp,
    returnC: status.return_temp,
  });
  return value === null ? unknown : { value, basis: 'computed' };
}

/**
 * Current COP of a heat pump: as reported, else heat output over electric power. Unknown
 * while it is not running and when either power is unknown or tiny.
 */
export function copOf(status: HeatpumpStatus): Derived {
  if (isRunning(status) === false) return unknown;
  if (status.cop !== null) return { value: status.cop, basis: 'measured' };
  const heatKw = heatOutputOf(status).value;
  const electricKw = status.power_consumption_kw;
  if (heatKw === null || electricKw === null) return unknown;
  if (heatKw <= minCopPowerKw || electricKw <= minCopPowerKw) return unknown;
  return { value: heatKw / electricKw, basis: 'computed' };
}

/** Whether the compressor is running, or `null` if unknown. */
export function isRunning(status: HeatpumpStatus): boolean | null {
  if (status.compressor_running !== null) return status.compressor_running;
  if (status.compressor_hz !== null) return status.compressor_hz > 0;
  if (status.power_consumption_kw !== null) {
    return status.power_consumption_kw >= minCopPowerKw;
  }
  return null;
}

/** Whether an auxiliary heater is on, or `null` if unknown. */
export function isAuxHeaterOn(status: HeatpumpStatus): boolean | null {
  const flags = [status.aux_heater_3kw_on, status.aux_heater_6kw_on];
  if (flags.includes(true)) return true;
  if (status.aux_heater_kw !== null) return status.aux_heater_kw > 0;
  return flags.includes(false) ? false : null;
}

/** Whether heat goes to the hot water tank instead of the emitters; `null` if unknown. */
export function isMakingHotWater(status: HeatpumpStatus): boolean | null {
  const { mode } = status;
  if (mode === 'hot_water' || mode === 'legionella') return true;
  const isOtherwiseBusy = mode !== null && withoutHotWater.has(mode);
  return status.hot_water_active ?? (isOtherwiseBusy ? false : null);
}

/** Modes in which the tank is not heated; a defrost or an alarm may interrupt either. */
const withoutHotWater: ReadonlySet<HeatpumpStatus['mode']> = new Set([
  'heating',
  'cooling',
  'aux_only',
  'standby',
  'off',
]);

/** Whether the outdoor coil is being defrosted, or `null` if unknown. */
export function isDefrosting(status: HeatpumpStatus): boolean | null {
  return status.mode === 'defrost' ? true : status.defrost_active;
}

/** Whether an alarm is active. */
export function hasAlarm(status: HeatpumpStatus): boolean {
  return status.mode === 'alarm' || (status.alarm_codes ?? []).length > 0;
}

/** The names of the alarms in words, such as `low pressure`; `null` without a name. */
export function alarmNames(status: HeatpumpStatus): string | null {
  const names = (status.alarm_codes ?? []).join(', ').replaceAll('_', ' ');
  return names === '' ? null : names;
}

/** Electric power of the auxiliary heaters in kW, or `null` if unknown. */
export function auxHeaterKw(status: HeatpumpStatus): number | null {
  if (status.aux_heater_kw !== null) return status.aux_heater_kw;
  const { aux_heater_3kw_on: has3Kw, aux_heater_6kw_on: has6Kw } = status;
  if (has3Kw === null && has6Kw === null) return null;
  return (has3Kw ? 3 : 0) + (has6Kw ? 6 : 0);
}
