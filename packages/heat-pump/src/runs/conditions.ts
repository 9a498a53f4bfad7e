import type { HeatpumpStatus } from '@homelab/telemetry';
import {
  hasAlarm,
  isAuxHeaterOn,
  isDefrosting,
  isMakingHotWater,
  isRunning,
  minCopPowerKw,
} from '../house/heat.ts';
import { minuteMs, secondMs } from '../time/units.ts';

/** What a heat pump does at a reading; `null` if unknown. */
export interface Conditions {
  running: boolean | null;
  hotWater: boolean | null;
  defrost: boolean | null;
  aux: boolean | null;
  alarm: boolean;
}

/** What is remembered to tell conditions that no flag gives. */
export interface ConditionState {
  running: boolean | null;
  /** Since when the power has been too low for a compressor. */
  lowPowerSinceMs: number | null;
  /** Since when the return has been warmer than the supply. */
  reversedSinceMs: number | null;
  /** The tank, and when it last became warmer; `null` since it became colder. */
  tank: { celsius: number; roseAtMs: number | null } | null;
}

export const initialConditions: ConditionState = {
  running: null,
  lowPowerSinceMs: null,
  reversedSinceMs: null,
  tank: null,
};

/** The compressor counts as stopped below this power, in kW, held for this long. */
const releaseKw = 0.1;
const releaseMs = 60 * secondMs;
/** Ice forms below this temperature of the air; melting it draws heat from the water. */
const frostC = 7;
const reversedK = 0.5;
const reversedMs = 60 * secondMs;
/** The supply is this much warmer than the emitters need while it heats a tank. */
const tankLiftK = 8;
/** A tank read in whole degrees shows no rise for this long while it is heated. */
const tankStepMs = 15 * minuteMs;

/**
 * Tells what a heat pump does, by its flags. Without them: it runs from 150 W on until below
 * 100 W for a minute; it makes hot water while the supply is 8 K above its target and the tank
 * becomes warmer; an air-source one defrosts while it runs for the house below 7 °C with a
 * return 0.5 K above the supply for a minute.
 */
export function stepConditions(
  was: ConditionState,
  status: HeatpumpStatus,
  atMs: number,
): { state: ConditionState; conditions: Conditions } {
  const lowPowerSinceMs = stepSince(
    was.lowPowerSinceMs,
    (status.power_consumption_kw ?? Infinity) < releaseKw,
    atMs,
  );
  const running = runningOf(was.running, status, atMs, lowPowerSinceMs);
  const tank = stepTank(was.tank, status.hot_water_temp, atMs);
  const hotWater =
    isMakingHotWater(status) ??
    looksLikeHotWater(status, running, isTankRising(tank, atMs));
  const reversedSinceMs = stepSince(
    was.reversedSinceMs,
    isReversed(status) && running === true && hotWater !== true,
    atMs,
  );
  const isHeldReversed =
    reversedSinceMs !== null && atMs - reversedSinceMs >= reversedMs;
  const looksLikeDefrost = status.outdoor_temp === null ? null : isHeldReversed;
  const defrost = isDefrosting(status) ?? looksLikeDefrost;
  return {
    state: { running, lowPowerSinceMs, reversedSinceMs, tank },
    conditions: {
      // To defrost is no stop, and what follows no start, whatever the flag says.
      running: defrost === true ? true : running,
      hotWater,
      defrost,
      aux: isAuxHeaterOn(status),
      alarm: hasAlarm(status),
    },
  };
}

function stepSince(
  sinceMs: number | null,
  holds: boolean,
  atMs: number,
): number | null {
  return holds ? (sinceMs ?? atMs) : null;
}

function runningOf(
  was: boolean | null,
  status: HeatpumpStatus,
  atMs: number,
  lowPowerSinceMs: number | null,
): boolean | null {
  const now = isRunning(status);
  const hasFlag =
    status.compressor_running !== null || status.compressor_hz !== null;
  if (hasFlag || now !== false || was !== true) return now;
  const powerKw = status.power_consumption_kw ?? 0;
  if (powerKw >= releaseKw && powerKw < minCopPowerKw) return true;
  return lowPowerSinceMs !== null && atMs - lowPowerSinceMs < releaseMs;
}

function stepTank(
  was: ConditionState['tank'],
  celsius: number | null,
  atMs: number,
): ConditionState['tank'] {
  if (celsius === null) return null;
  if (was === null || celsius < was.celsius) return { celsius, roseAtMs: null };
  return celsius > was.celsius ? { celsius, roseAtMs: atMs } : was;
}

function isTankRising(tank: ConditionState['tank'], atMs: number): boolean {
  const roseAtMs = tank?.roseAtMs ?? null;
  return roseAtMs !== null && atMs - roseAtMs < tankStepMs;
}

function looksLikeHotWater(
  status: HeatpumpStatus,
  running: boolean | null,
  isRising: boolean,
): boolean | null {
  const { supply_temp: supplyC, supply_target_temp: targetC } = status;
  if (running === false) return false;
  if (supplyC === null || targetC === null || status.hot_water_temp === null) {
    return null;
  }
  return supplyC > targetC + tankLiftK && isRising;
}

/** Ground-source machines have no coil that freezes. */
function isReversed(status: HeatpumpStatus): boolean {
  const { outdoor_temp: outdoorC, supply_temp: supplyC } = status;
  const { return_temp: returnC } = status;
  if (outdoorC === null || supplyC === null || returnC === null) return false;
  if (status.brine_in_temp !== null) return false;
  return outdoorC < frostC && returnC - supplyC >= reversedK;
}
