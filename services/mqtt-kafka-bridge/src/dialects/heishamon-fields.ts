import { rounded, thousandth } from '../payload/read-values.ts';

/** The values of a heat pump by the MQTT topic below its base topic. */
export type HeishamonState = ReadonlyMap<string, unknown>;

/** What the owner has configured about the heat pump. */
export interface HeishamonModel {
  /** S0 port 1 counts its electricity. */
  readonly hasMeter: boolean;
  /** Electric power of the internal heater. */
  readonly heaterKw: number;
}

/** The operating mode that the owner has chosen, by `Operating_Mode_State`; automatic ones switch between heating and cooling. */
const operatingModeByNumber = [
  'manual',
  'manual',
  'auto',
  'hot_water_only',
  'manual',
  'manual',
  'auto',
  'auto',
  'auto',
] as const;

/** The numbers of `Operating_Mode_State` in which rooms are cooled. */
const coolingModes: ReadonlySet<number> = new Set([1, 5, 7, 8]);

const noError = 'no error';

/** The canonical fields of a heat pump from its last known values. */
export function heatpumpFields(state: HeishamonState, model: HeishamonModel) {
  const number = numbersOf(state);
  const flags = flagsOf(state);
  const hz = number('main/Compressor_Freq');
  const flow = number('main/Pump_Flow');
  const error = state.get('main/Error');
  return {
    source: 'heishamon',
    mode: modeOf(flags),
    operating_mode: operatingModeOf(flags.isOn, flags.operatingMode),
    actual_temp: number('main/Room_Thermostat_Temp'),
    outdoor_temp: number('main/Outside_Temp'),
    supply_temp: number('main/Main_Outlet_Temp'),
    supply_target_temp: number('main/Main_Target_Temp'),
    return_temp: number('main/Main_Inlet_Temp'),
    hot_water_temp: number('main/DHW_Temp'),
    hot_water_target_temp: number('main/DHW_Target_Temp'),
    flow_rate_lpm: flow,
    circulation_pump_on: flow === null ? null : flow > 0,
    compressor_running: flags.isRunning,
    compressor_hz: hz,
    hot_water_active: hotWaterOf(flags),
    defrost_active: flags.isDefrosting,
    ...heaterFields(flags.isHeaterOn, model.heaterKw),
    power_consumption_kw: thousandth(
      (model.hasMeter ? number('s0/Watt/1') : null) ??
        powerW(number, 'Consumption'),
    ),
    heat_output_kw: heatKw(number, flags.isDefrosting === true),
    runtime_compressor_h: number('main/Operations_Hours'),
    compressor_starts: number('main/Operations_Counter'),
    total_consumed_kwh: model.hasMeter
      ? thousandth(number('s0/WatthourTotal/1'))
      : null,
    alarm_codes: alarmCodesOf(error, flags.hasAlarm),
  };
}

function alarmCodesOf(error: unknown, hasAlarm: boolean): string[] | null {
  if (typeof error !== 'string') return null;
  return hasAlarm ? [error] : [];
}

type Numbers = (name: string) => number | null;

function numbersOf(state: HeishamonState): Numbers {
  return name => {
    const value = state.get(name);
    return typeof value === 'number' ? value : null;
  };
}

type Flags = ReturnType<typeof flagsOf>;

function flagsOf(state: HeishamonState) {
  const number = numbersOf(state);
  const isOne = (name: string) => {
    const value = number(name);
    return value === null ? null : value === 1;
  };
  const hz = number('main/Compressor_Freq');
  const error = state.get('main/Error');
  return {
    isOn: isOne('main/Heatpump_State'),
    isRunning: hz === null ? null : hz > 0,
    isDefrosting: isOne('main/Defrosting_State'),
    isSterilizing: isOne('main/Sterilization_State'),
    isHeaterOn: isOne('main/Internal_Heater_State'),
    /** The three-way valve is set to the hot water tank. */
    isValveAtTank: isOne('main/ThreeWay_Valve_State'),
    operatingMode: number('main/Operating_Mode_State'),
    hasAlarm: typeof error === 'string' && error.toLowerCase() !== noError,
  };
}

/** What the heat pump is doing, the most urgent first. */
function modeOf(flags: Flags): string {
  const { isRunning, isHeaterOn, operatingMode } = flags;
  if (flags.hasAlarm) return 'alarm';
  if (flags.isDefrosting) return 'defrost';
  if (flags.isSterilizing) return 'legionella';
  if (hotWaterOf(flags)) return 'hot_water';
  if (isRunning)
    return operatingMode !== null && coolingModes.has(operatingMode)
      ? 'cooling'
      : 'heating';
  if (isHeaterOn) return 'aux_only';
  if (isRunning === null) return 'unknown';
  return flags.isOn === false ? 'off' : 'standby';
}

/** The valve may stay set to the tank while nothing runs. */
function hotWaterOf({
  isValveAtTank,
  isRunning,
  isHeaterOn,
}: Flags): boolean | null {
  if (isValveAtTank === false) return false;
  if (isValveAtTank === null) return null;
  return isRunning || isHeaterOn ? true : isRunning;
}

function operatingModeOf(
  isOn: boolean | null,
  number: number | null,
): string | null {
  if (isOn === false) return 'off';
  return number === null ? null : (operatingModeByNumber[number] ?? null);
}

/** One heater of 3, 6 or 9 kW, 9 being both stages; it reports on or off, not its power. */
function heaterFields(isOn: boolean | null, heaterKw: number) {
  if (isOn === null) return {};
  return {
    aux_heater_kw: isOn ? heaterKw : 0,
    aux_heater_3kw_on: isOn && heaterKw !== 6,
    aux_heater_6kw_on: isOn && heaterKw >= 6,
    ...(isOn && { estimated: ['aux_heater_kw'] }),
  };
}

const purposes = ['Heat', 'DHW', 'Cool'] as const;

/** The power for one purpose: in watts from newer pumps, else in steps of 200 W. */
function partW(
  number: Numbers,
  purpose: (typeof purposes)[number],
  kind: 'Production' | 'Consumption',
): number | null {
  return (
    number(`extra/${purpose}_Power_${kind}_Extra`) ??
    number(`main/${purpose}_Power_${kind}`)
  );
}

function powerW(number: Numbers, kind: 'Consumption'): number | null {
  return sumOf(purposes.map(purpose => partW(number, purpose, kind)));
}

/** Cooling takes heat out of the house, and so does defrosting, which the pump reports as positive. */
function heatKw(number: Numbers, isDefrosting: boolean): number | null {
  const [heat = null, hotWater = null, cool = null] = purposes.map(purpose =>
    partW(number, purpose, 'Production'),
  );
  const delivered = sumOf([heat, hotWater]);
  const sum = sumOf([
    delivered !== null && isDefrosting ? -delivered : delivered,
    cool === null ? null : -cool,
  ]);
  // Not -0.
  return sum === null ? null : thousandth(sum + 0);
}

/** The sum of what is known; `null` when nothing is. */
function sumOf(parts: readonly (number | null)[]): number | null {
  const known = parts.filter(part => part !== null);
  return known.length === 0
    ? null
    : rounded(known.reduce((sum, part) => sum + part, 0));
}
