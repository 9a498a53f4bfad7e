import type { HeatpumpStatus } from '@homelab/telemetry';
import type { HeishamonValues } from './heishamon.ts';

/** The reading that the bridge makes of all values of a HeishaMon gateway, by its default settings. */
export function fromHeishamon(
  values: HeishamonValues,
  { timestamp, deviceId }: { timestamp: string; deviceId: string },
): Partial<HeatpumpStatus> {
  const number = (name: string) => Number(values[name]);
  const isOn = (name: string) => values[name] === '1';
  const compressorHz = number('main/Compressor_Freq');
  const flowLpm = number('main/Pump_Flow');
  const defrosts = isOn('main/Defrosting_State');
  const heaterOn = isOn('main/Internal_Heater_State');
  const hotWater =
    isOn('main/ThreeWay_Valve_State') && (compressorHz > 0 || heaterOn);
  const heatW =
    number('extra/Heat_Power_Production_Extra') +
    number('extra/DHW_Power_Production_Extra');
  return {
    timestamp,
    device_id: deviceId,
    source: 'heishamon',
    mode: modeOf({ defrosts, hotWater, heaterOn, compressorHz, values }),
    operating_mode: 'auto',
    actual_temp: number('main/Room_Thermostat_Temp'),
    outdoor_temp: number('main/Outside_Temp'),
    supply_temp: number('main/Main_Outlet_Temp'),
    supply_target_temp: number('main/Main_Target_Temp'),
    return_temp: number('main/Main_Inlet_Temp'),
    hot_water_temp: number('main/DHW_Temp'),
    hot_water_target_temp: number('main/DHW_Target_Temp'),
    flow_rate_lpm: flowLpm,
    circulation_pump_on: flowLpm > 0,
    compressor_running: compressorHz > 0,
    compressor_hz: compressorHz,
    hot_water_active: hotWater,
    defrost_active: defrosts,
    aux_heater_kw: heaterOn ? heaterKw : 0,
    aux_heater_3kw_on: heaterOn,
    aux_heater_6kw_on: false,
    ...(heaterOn ? { estimated: ['aux_heater_kw'] } : {}),
    power_consumption_kw: number('s0/Watt/1') / 1000,
    heat_output_kw: (defrosts ? -heatW : heatW) / 1000,
    runtime_compressor_h: number('main/Operations_Hours'),
    compressor_starts: number('main/Operations_Counter'),
    total_consumed_kwh: number('s0/WatthourTotal/1') / 1000,
    alarm_codes: [],
  };
}

// The gateway only reports on or off: the bridge takes the power from its settings.
const heaterKw = 3;

function modeOf(at: {
  defrosts: boolean;
  hotWater: boolean;
  heaterOn: boolean;
  compressorHz: number;
  values: HeishamonValues;
}): HeatpumpStatus['mode'] {
  if (at.defrosts) return 'defrost';
  if (at.values['main/Sterilization_State'] === '1') return 'legionella';
  if (at.hotWater) return 'hot_water';
  if (at.compressorHz > 0) return 'heating';
  return at.heaterOn ? 'aux_only' : 'standby';
}
