import {
  commonMeasurements,
  counter,
  flag,
  gauge,
  list,
  state,
} from './measurement.ts';
import type { ColourToken } from './colours.ts';

/** What a heat pump is doing now, most urgent first. */
export const heatpumpModes = [
  'alarm',
  'defrost',
  'legionella',
  'hot_water',
  'cooling',
  'heating',
  'aux_only',
  'standby',
  'off',
  'unknown',
] as const;

/** The operating modes that an owner can select. */
export const operatingModes = [
  'off',
  'auto',
  'heatpump_only',
  'aux_only',
  'hot_water_only',
  'manual',
] as const;

const celsius = (
  label: string,
  [min, max]: readonly [number, number],
  colour: ColourToken,
  description: string,
) => gauge({ label, unit: '°C', decimals: 1, min, max, colour, description });

const roomRange = [0, 45] as const;
const waterRange = [-10, 95] as const;
const brineRange = [-30, 40] as const;

const percent = (label: string, description: string) =>
  gauge({
    label,
    unit: '%',
    decimals: 0,
    min: 0,
    max: 100,
    colour: 'neutral',
    description,
  });

const hours = (label: string, description: string) =>
  counter({
    label,
    unit: 'h',
    decimals: 0,
    min: 0,
    max: 1e6,
    colour: 'neutral',
    description,
  });

/** The fields of a heat pump. `null` means unknown, never zero. */
export const heatpumpMeasurements = {
  mode: state('Mode', heatpumpModes, 'What the heat pump is doing now'),
  target_temp: celsius(
    'Room target',
    roomRange,
    'room',
    'Target room temperature',
  ),
  actual_temp: celsius('Room', roomRange, 'room', 'Measured room temperature'),
  compressor_running: flag('Compressor', 'The compressor runs'),
  power_consumption_kw: gauge({
    label: 'Electric power',
    unit: 'kW',
    decimals: 2,
    min: 0,
    max: 40,
    colour: 'electricity',
    description: 'Electric power of the heat pump, its heaters included',
  }),
  operating_mode: state(
    'Operating mode',
    operatingModes,
    'Operating mode selected by the owner',
  ),
  outdoor_temp: celsius('Outdoor', [-50, 50], 'outdoor', 'Outdoor temperature'),
  supply_temp: celsius(
    'Supply',
    waterRange,
    'supply',
    'Water flowing to the emitters',
  ),
  supply_target_temp: celsius(
    'Supply target',
    waterRange,
    'supply',
    'Target supply temperature',
  ),
  return_temp: celsius(
    'Return',
    waterRange,
    'return',
    'Water coming back from the emitters',
  ),
  hot_water_temp: celsius(
    'Hot water',
    waterRange,
    'hotWater',
    'Hot water tank',
  ),
  hot_water_target_temp: celsius(
    'Hot water target',
    waterRange,
    'hotWater',
    'Target hot water temperature',
  ),
  brine_in_temp: celsius(
    'Brine in',
    brineRange,
    'brine',
    'Brine coming from the ground',
  ),
  brine_out_temp: celsius(
    'Brine out',
    brineRange,
    'brine',
    'Brine going to the ground',
  ),
  flow_rate_lpm: gauge({
    label: 'Flow',
    unit: 'L/min',
    decimals: 1,
    min: 0,
    max: 100,
    colour: 'neutral',
    description: 'Water flow through the heat pump',
  }),
  circulation_pump_on: flag('Circulation pump', 'The circulation pump runs'),
  circulation_pump_pct: percent(
    'Circulation pump',
    'Speed of the circulation pump',
  ),
  brine_pump_on: flag('Brine pump', 'The brine pump runs'),
  brine_pump_pct: percent('Brine pump', 'Speed of the brine pump'),
  compressor_hz: gauge({
    label: 'Compressor',
    unit: 'Hz',
    decimals: 0,
    min: 0,
    max: 200,
    colour: 'neutral',
    description: 'Frequency of the compressor',
  }),
  hot_water_active: flag('Hot water', 'Heat goes to the hot water tank'),
  defrost_active: flag('Defrost', 'The outdoor coil is being defrosted'),
  aux_heater_3kw_on: flag('3 kW heater', 'The 3 kW auxiliary heater is on'),
  aux_heater_6kw_on: flag('6 kW heater', 'The 6 kW auxiliary heater is on'),
  aux_heater_kw: gauge({
    label: 'Auxiliary heat',
    unit: 'kW',
    decimals: 1,
    min: 0,
    max: 40,
    colour: 'heat',
    description: 'Electric power of the auxiliary heaters',
  }),
  degree_minutes: gauge({
    label: 'Degree minutes',
    unit: 'K·min',
    decimals: 0,
    min: -30000,
    max: 30000,
    colour: 'neutral',
    description:
      'Integral of supply minus target temperature; low values start the compressor',
  }),
  runtime_compressor_h: hours(
    'Compressor hours',
    'Hours the compressor has run',
  ),
  runtime_hot_water_h: hours('Hot water hours', 'Hours spent on hot water'),
  runtime_aux_3kw_h: hours('3 kW heater hours', 'Hours the 3 kW heater was on'),
  runtime_aux_6kw_h: hours('6 kW heater hours', 'Hours the 6 kW heater was on'),
  compressor_starts: counter({
    label: 'Compressor starts',
    unit: '',
    decimals: 0,
    min: 0,
    max: 1e7,
    colour: 'neutral',
    description: 'Number of compressor starts',
  }),
  heat_output_kw: gauge({
    label: 'Heat output',
    unit: 'kW',
    decimals: 2,
    min: -40,
    max: 60,
    colour: 'heat',
    description: 'Heat delivered to the water; negative in defrost and cooling',
  }),
  cop: gauge({
    label: 'COP',
    unit: '',
    decimals: 1,
    min: 0,
    max: 15,
    colour: 'heat',
    description: 'Heat output divided by electric power',
  }),
  total_consumed_kwh: counter({
    label: 'Consumed energy',
    unit: 'kWh',
    decimals: 0,
    min: 0,
    max: 1e8,
    colour: 'electricity',
    description: 'Electric energy used over the life of the heat pump',
  }),
  total_heat_kwh: counter({
    label: 'Delivered heat',
    unit: 'kWh',
    decimals: 0,
    min: 0,
    max: 1e8,
    colour: 'heat',
    description: 'Heat delivered over the life of the heat pump',
  }),
  alarm_codes: list('Alarms', 'Names of the active alarms'),
  ...commonMeasurements,
} as const;
