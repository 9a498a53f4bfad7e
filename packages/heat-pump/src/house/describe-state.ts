import type { HeatpumpStatus } from '@homelab/telemetry';
import type { Freshness } from './freshness.ts';
import {
  alarmNames,
  copOf,
  hasAlarm,
  isAuxHeaterOn,
  isRunning,
} from './heat.ts';

/** How serious a state is: fine, worth watching, action needed, or unknown. */
export type Tone = 'ok' | 'watch' | 'act' | 'unknown';

/** What a heat pump is doing, in words. */
export interface StateDescription {
  tone: Tone;
  /** One or two words: `Heating`. */
  word: string;
  /** The leading words of the sentence, to be emphasised. */
  lead: string;
  /** The whole sentence without a full stop: `Heating, 38.2 °C supply, −3.0 °C outside`. */
  sentence: string;
}

const modeWords: Record<NonNullable<HeatpumpStatus['mode']>, string> = {
  alarm: 'Alarm',
  defrost: 'Defrosting',
  legionella: 'Legionella protection',
  hot_water: 'Making hot water',
  cooling: 'Cooling',
  heating: 'Heating',
  aux_only: 'Heating with the auxiliary heater only',
  standby: 'Standby',
  off: 'Off',
  unknown: 'State unknown',
};

/** A temperature for a sentence, with a true minus sign and a no-break space. */
function formatCelsius(valueC: number, decimals: number): string {
  // Otherwise a rounded −0.04 would read −0.0.
  const rounded = Number(valueC.toFixed(decimals)) || 0;
  return `${rounded.toFixed(decimals).replace('-', '−')}\u00a0°C`;
}

function alarmWords(status: HeatpumpStatus): string {
  return alarmNames(status) ?? 'see the display of the heat pump';
}

function temperatureClauses(
  status: HeatpumpStatus,
  wholeFields: readonly string[],
): string[] {
  const clauses: string[] = [];
  const add = (field: TemperatureField, where: string) => {
    const valueC = status[field];
    if (valueC === null) return;
    const decimals = wholeFields.includes(field) ? 0 : 1;
    clauses.push(`${formatCelsius(valueC, decimals)} ${where}`);
  };
  const isWater = status.mode === 'hot_water' || status.mode === 'legionella';
  if (isWater) add('hot_water_temp', 'in the tank');
  const room = roomClause(status, wholeFields);
  if (room !== undefined) clauses.push(room);
  // Without a running pump the water in the pipe only cools down.
  if (isRunning(status) !== false) add('supply_temp', 'supply');
  add('outdoor_temp', 'outside');
  return clauses;
}

/** The room beside its target, which is what a household heats for. */
function roomClause(
  status: HeatpumpStatus,
  wholeFields: readonly string[],
): string | undefined {
  const { actual_temp: roomC, target_temp: targetC } = status;
  if (roomC === null) return undefined;
  const decimalsOf = (field: string) => (wholeFields.includes(field) ? 0 : 1);
  const room = formatCelsius(roomC, decimalsOf('actual_temp'));
  if (targetC === null) return `${room} in the room`;
  const target = formatCelsius(targetC, decimalsOf('target_temp'));
  return `${room} in the room (target ${target})`;
}

type TemperatureField = 'hot_water_temp' | 'supply_temp' | 'outdoor_temp';

function toneOf(status: HeatpumpStatus, isAlarmed: boolean): Tone {
  if (isAlarmed) return 'act';
  if (status.mode === null || status.mode === 'unknown') return 'unknown';
  if (status.mode === 'aux_only' || isAuxHeaterOn(status)) return 'watch';
  return 'ok';
}

/**
 * Describes in one sentence what a heat pump is doing. An alarm comes first, whatever else it
 * is doing; `null` is a heat pump without any reading. An old reading is described as last known.
 *
 * @param wholeFields - temperatures that the device reports in whole degrees
 */
export function describeState(
  status: HeatpumpStatus | null,
  freshness: Freshness = 'fresh',
  wholeFields: readonly string[] = [],
): StateDescription {
  if (status === null) {
    return {
      tone: 'unknown',
      word: 'No readings',
      lead: 'No reading',
      sentence: 'No reading of a heat pump has arrived yet',
    };
  }
  const isAlarmed = hasAlarm(status);
  const word = isAlarmed ? 'Alarm' : modeWords[status.mode ?? 'unknown'];
  const clauses = temperatureClauses(status, wholeFields);
  const cop = copOf(status).value;
  if (cop !== null && !isAlarmed) clauses.push(`COP ${cop.toFixed(1)}`);
  if (!isAlarmed && status.mode !== 'aux_only' && isAuxHeaterOn(status)) {
    clauses.push('auxiliary heater on');
  }
  const opening = isAlarmed ? `Alarm: ${alarmWords(status)}` : word;
  const sentence = [opening, ...clauses].join(', ');
  if (freshness === 'fresh') {
    return { tone: toneOf(status, isAlarmed), word, lead: opening, sentence };
  }
  const lead = freshness === 'offline' ? 'Offline' : 'No recent reading';
  return {
    tone: 'unknown',
    word: lead,
    lead,
    sentence: `${lead}, last known: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
  };
}
