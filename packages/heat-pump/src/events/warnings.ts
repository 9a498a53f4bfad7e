import type { Moment } from '../figures/reading-sums.ts';
import { auxHeaterKw, heatOutputOf } from '../house/heat.ts';
import { hourMs, minuteMs } from '../time/units.ts';
import type { EventKind, HeatPumpEvent } from './heat-pump-event.ts';

/** A condition that is worth a warning once it has held for some time. */
interface WarningRule {
  kind: EventKind;
  holdMs: number;
  holds(moment: Moment): boolean;
  /** The numbers that show it, of a moment at which it holds. */
  evidence(moment: Moment): string;
}

const mildC = -5;
const coldBrineC = -5;
const spreadK = { least: 2, most: 10 } as const;
/** Heat that a meter cannot have missed: warm flow, a spread and a working compressor. */
const sure = { electricKw: 0.15, spreadK: 1.5, flowC: 30 } as const;
/** The auxiliary heater of most machines helps from here on. */
const auxDegreeMinutes = -460;

const rules: readonly WarningRule[] = [
  {
    kind: 'aux_while_mild',
    holdMs: 0,
    holds: ({ status, conditions }) =>
      conditions.aux === true &&
      conditions.hotWater !== true &&
      isAbove(status.outdoor_temp, mildC),
    evidence: ({ status }) => {
      const kw = auxHeaterKw(status);
      const power = kw === null ? '' : `${kw.toFixed(1)} kW `;
      return `${power}at ${celsius(status.outdoor_temp)} outdoors`;
    },
  },
  {
    kind: 'brine_cold',
    holdMs: 0,
    holds: ({ status }) =>
      status.brine_in_temp !== null && status.brine_in_temp < coldBrineC,
    evidence: ({ status }) =>
      `${celsius(status.brine_in_temp)} from the source`,
  },
  {
    kind: 'spread_small',
    holdMs: 15 * minuteMs,
    holds: moment => {
      const spread = workingSpreadK(moment);
      return spread !== null && spread < spreadK.least;
    },
    evidence: spreadWords,
  },
  {
    kind: 'spread_large',
    holdMs: 15 * minuteMs,
    holds: moment => isAbove(workingSpreadK(moment), spreadK.most),
    evidence: spreadWords,
  },
  {
    // Air in the heat meter, most often.
    kind: 'no_heat',
    holdMs: 2 * minuteMs,
    holds: moment =>
      heatOutputOf(moment.status).value === 0 &&
      isAbove(moment.status.power_consumption_kw, sure.electricKw) &&
      isAbove(workingSpreadK(moment), sure.spreadK) &&
      isAbove(moment.status.supply_temp, sure.flowC),
    evidence: moment =>
      `${moment.status.power_consumption_kw?.toFixed(1)} kW of electricity, ${spreadWords(moment)}`,
  },
  {
    // Undersized or blocked.
    kind: 'degree_minutes_low',
    holdMs: 6 * hourMs,
    holds: ({ status }) =>
      status.degree_minutes !== null &&
      status.degree_minutes <= auxDegreeMinutes,
    evidence: ({ status }) =>
      `${minus(Math.round(status.degree_minutes ?? 0))} degree minutes for 6 hours`,
  },
];

/** Since when each condition has held, and whether that was told. */
export type WarningState = Readonly<
  Partial<Record<EventKind, { sinceMs: number; isTold: boolean }>>
>;

/**
 * Takes a reading into the warnings. Each is told once, when its condition has held long enough,
 * and again only after it has ended.
 */
export function stepWarnings(
  was: WarningState,
  now: Moment,
): { state: WarningState; events: HeatPumpEvent[] } {
  const state: Partial<
    Record<EventKind, { sinceMs: number; isTold: boolean }>
  > = {};
  const events: HeatPumpEvent[] = [];
  for (const { kind, holdMs, holds, evidence } of rules) {
    if (!holds(now)) continue;
    const { sinceMs, isTold } = was[kind] ?? {
      sinceMs: now.atMs,
      isTold: false,
    };
    const isDue = now.atMs - sinceMs >= holdMs;
    if (isDue && !isTold) {
      events.push({
        kind,
        severity: 'warning',
        atMs: now.atMs,
        evidence: evidence(now),
      });
    }
    state[kind] = { sinceMs, isTold: isTold || isDue };
  }
  return { state, events };
}

/** Supply minus return while the compressor makes heat; `null` otherwise. */
function workingSpreadK({ status, conditions }: Moment): number | null {
  const { supply_temp: supplyC, return_temp: returnC } = status;
  if (conditions.running !== true || conditions.defrost === true) return null;
  return supplyC === null || returnC === null ? null : supplyC - returnC;
}

function spreadWords(moment: Moment): string {
  const { supply_temp: supplyC, return_temp: returnC } = moment.status;
  return `supply ${celsius(supplyC)}, return ${celsius(returnC)}`;
}

function celsius(valueC: number | null): string {
  return valueC === null ? 'unknown' : `${minus(valueC.toFixed(1))}\u00a0°C`;
}

function minus(value: number | string): string {
  return String(value).replace('-', '−');
}

function isAbove(value: number | null, limit: number): boolean {
  return value !== null && value > limit;
}
