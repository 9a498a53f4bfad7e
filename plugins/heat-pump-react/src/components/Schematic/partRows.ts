import { heatOutputOf } from '@homelab/heat-pump';
import { dash, formatNumber } from '@homelab/portal-react/ui';
import { compressorWord, emitterWords, modeWord } from './equipment';
import { celsius, flowing } from './parts';
import type { Plant } from './plant';

/** A part of the heating in words. */
export interface PartRow {
  part: string;
  state: string;
  /** One or two, such as supply and return. */
  temperature: string;
  power: string;
}

const sentence = (words: string) => words[0]?.toUpperCase() + words.slice(1);

const kilowatts = (valueKw: number | null) =>
  valueKw === null ? dash : `${formatNumber(valueKw, 2)} kW`;

function sourceRow(plant: Plant): PartRow {
  const { source } = plant;
  if (source.kind === 'air') {
    const fan = source.fanTurns ? 'fan turning' : 'fan stopped';
    return {
      part: 'Outdoor air',
      state: sentence(source.defrosts ? `${fan}, defrosting` : fan),
      temperature: celsius(plant, 'outdoor_temp'),
      power: dash,
    };
  }
  return {
    part: 'Brine',
    state: sentence(flowing(source.brineFlows)),
    temperature: `${celsius(plant, 'brine_in_temp')} in, ${celsius(plant, 'brine_out_temp')} out`,
    power: dash,
  };
}

function auxHeaterState({ auxHeaterOn }: Plant): string {
  if (auxHeaterOn === null) return 'Unknown';
  return auxHeaterOn ? 'On' : 'Off';
}

/** Every part that is drawn, from the source to the meter, as text. */
export function partRowsOf(plant: Plant): PartRow[] {
  const { parts, status, power } = plant;
  const toHouse = plant.valve === 'house';
  const row = (part: string, state: string, rest: Partial<PartRow> = {}) => ({
    ...{ part, state, temperature: dash, power: dash },
    ...rest,
  });
  const rows: (PartRow | false)[] = [
    sourceRow(plant),
    plant.source.kind === 'ground' &&
      row('Outdoors', dash, { temperature: celsius(plant, 'outdoor_temp') }),
    row(
      'Heat pump',
      `${modeWord(plant)}, compressor ${compressorWord(plant).toLowerCase()}`,
      { power: kilowatts(status.power_consumption_kw) },
    ),
    row('Water', sentence(flowing(plant.waterFlows)), {
      temperature: `${celsius(plant, 'supply_temp')} supply, ${celsius(plant, 'return_temp')} return`,
      power: heatWords(plant),
    }),
    parts.auxHeater &&
      row('Auxiliary heater', auxHeaterState(plant), {
        power: kilowatts(status.aux_heater_kw),
      }),
    parts.hotWaterTank &&
      row('Three-way valve', toHouse ? 'To the house' : 'To the tank'),
    parts.hotWaterTank &&
      row('Hot water tank', toHouse ? 'Not heated now' : 'Being heated', {
        temperature: celsius(plant, 'hot_water_temp'),
      }),
    parts.bufferTank &&
      row('Buffer tank', toHouse && plant.waterFlows ? 'Fed' : 'Not fed'),
    ...parts.circuits.map(kind =>
      row(emitterWords[kind], toHouse ? 'Heated' : 'Not heated'),
    ),
    row('Room', targetWords(plant), {
      temperature: celsius(plant, 'actual_temp'),
    }),
    parts.meter &&
      row('Electricity meter', `Of the ${power.label.toLowerCase()}`, {
        power: kilowatts(power.valueKw),
      }),
  ];
  return rows.filter(one => one !== false);
}

function heatWords({ status }: Plant): string {
  const { value } = heatOutputOf(status);
  return value === null ? dash : `${formatNumber(value, 2)} kW heat`;
}

function targetWords(plant: Plant): string {
  return plant.status.target_temp === null
    ? dash
    : `Target ${celsius(plant, 'target_temp')}`;
}
