import type { AirSource } from '../house-model/air-source.ts';
import { heatOutputW, heatPumpElectricW } from '../house-model/heat-pump.ts';
import type { HouseState } from '../house-model/house.ts';
import { tankSensorC } from '../house-model/hot-water-tank.ts';
import { deviceMqttTopic } from './device-message.ts';
import type { DeviceMessage } from './device-message.ts';

/** The gateway's values as text, by the MQTT topic below its base topic. */
export type HeishamonValues = Readonly<Record<string, string>>;

/** What a gateway publishes at one time: each value is a retained message of its own. */
export type HeishamonMessage = DeviceMessage<'heishamon', HeishamonValues>;

const fanFullRpm = 640;
const coarseStepW = 200;

/**
 * All that a HeishaMon gateway reads at one time from the bus of a Panasonic heat pump and
 * from the meter on its S0 port 1, each in the resolution of the real one.
 */
export function heishamonMessage(
  state: HouseState,
  source: AirSource,
  at: { measuredAtMs: number },
  device: { base: string },
): HeishamonMessage {
  return {
    format: 'heishamon',
    mqttTopic: deviceMqttTopic('heishamon', device.base),
    measuredAtMs: at.measuredAtMs,
    payload: {
      ...named('main', {
        ...states(state, source),
        ...readings(state, source),
      }),
      ...named('main', coarsePowers(state)),
      ...named('extra', finePowers(state)),
      ...named('s0', meterOnS0(state)),
    },
  };
}

function named(group: string, values: HeishamonValues): HeishamonValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [`${group}/${name}`, text]),
  );
}

function states(state: HouseState, source: AirSource): HeishamonValues {
  const { control, settings } = state.heatPump;
  return {
    Heatpump_State: flag(settings.isOn),
    Operating_Mode_State: plain(settings.mode),
    Quiet_Mode_Level: '0',
    Powerful_Mode_Time: '0',
    Holiday_Mode_State: '0',
    ThreeWay_Valve_State: flag(control.destination === 'tank'),
    Defrosting_State: flag(state.heatPump.compressor.heatW < 0),
    Sterilization_State: flag(control.legionella !== 'idle'),
    Internal_Heater_State: flag(control.auxKw > 0),
    External_Heater_State: '0',
    Compressor_Freq: plain(source.compressorHz),
    Fan1_Motor_Speed: plain(Math.round((source.fanPct / 100) * fanFullRpm)),
    Error: 'No error',
  };
}

function readings(state: HouseState, source: AirSource): HeishamonValues {
  const { heatPump, counters, weather, building } = state;
  const { supplyC, returnC, supplyTargetC, flowLpm, settings } = heatPump;
  return {
    Outside_Temp: whole(weather.temperatureC),
    Main_Outlet_Temp: quarter(supplyC),
    Main_Inlet_Temp: quarter(returnC),
    Main_Target_Temp: whole(supplyTargetC),
    Z1_Heat_Request_Temp: plain(settings.curveShiftK),
    DHW_Temp: whole(tankSensorC(state.tank)),
    DHW_Target_Temp: whole(settings.hotWaterStopC),
    Room_Thermostat_Temp: whole(building.roomC),
    Defrost_Temp: whole(
      weather.temperatureC - (source.compressorHz > 0 ? 6 : 0),
    ),
    Pump_Flow: flowLpm.toFixed(2),
    Operations_Hours: plain(Math.floor(counters.compressorS / 3600)),
    Operations_Counter: plain(counters.compressorStarts),
  };
}

/** The powers that the heat pump itself reports, without its water pump and standby. */
function powersW({ heatPump }: HouseState) {
  const { compressor, auxW, control } = heatPump;
  // They have no sign: the heat that a defrost takes from the house is positive too.
  const heatW = Math.abs(heatOutputW(heatPump));
  const electricW = compressor.electricW + auxW;
  const tank = control.destination === 'tank';
  return {
    Heat: tank ? { heatW: 0, electricW: 0 } : { heatW, electricW },
    DHW: tank ? { heatW, electricW } : { heatW: 0, electricW: 0 },
    Cool: { heatW: 0, electricW: 0 },
  };
}

/** In the steps of the single byte that the bus has for each. */
function coarsePowers(state: HouseState): HeishamonValues {
  const steps = (watts: number) =>
    plain(Math.round(watts / coarseStepW) * coarseStepW);
  return Object.fromEntries(
    Object.entries(powersW(state)).flatMap(([use, { heatW, electricW }]) => [
      [`${use}_Power_Production`, steps(heatW)],
      [`${use}_Power_Consumption`, steps(electricW)],
    ]),
  );
}

/** The powers that newer pumps report in watts. */
function finePowers(state: HouseState): HeishamonValues {
  return Object.fromEntries(
    Object.entries(powersW(state)).flatMap(([use, { heatW, electricW }]) => [
      [`${use}_Power_Production_Extra`, whole(heatW)],
      [`${use}_Power_Consumption_Extra`, whole(electricW)],
    ]),
  );
}

/** An electricity meter for the whole machine, heaters and pumps included. */
function meterOnS0({ heatPump, counters }: HouseState): HeishamonValues {
  return {
    'Watt/1': whole(heatPumpElectricW(heatPump)),
    'WatthourTotal/1': plain(Math.floor(counters.heatPumpWh)),
  };
}

function flag(isSet: boolean): string {
  return isSet ? '1' : '0';
}

function plain(value: number): string {
  return String(value);
}

/** Rounds to a whole number, never to a -0. */
function whole(value: number): string {
  return String(Math.round(value) + 0);
}

function quarter(celsius: number): string {
  return (Math.round(celsius * 4) / 4 + 0).toFixed(2);
}
