import {
  deadLetter,
  goldenFormat,
  ignored,
  observedStates,
} from './golden-message.ts';
import type { GoldenMessage } from './golden-message.ts';

const base = 'panasonic_heat_pump';
const message = goldenFormat('heishamon', `${base}/main/Outside_Temp`);
const of = (name: string) => ({ mqttTopic: `${base}/${name}` });

function states(fields: Readonly<Record<string, number | string | null>>) {
  return observedStates(base, fields);
}

/** Single values, and what the states topic gets of them. */
export const messages: readonly GoldenMessage[] = [
  message({
    name: 'heishamon: a temperature',
    payload: '4',
    expected: states({ 'main/Outside_Temp': 4 }),
  }),
  message({
    name: 'heishamon: quarters of a degree',
    ...of('main/Main_Outlet_Temp'),
    payload: '35.25',
    expected: states({ 'main/Main_Outlet_Temp': 35.25 }),
  }),
  message({
    name: 'heishamon: zero degrees are a value',
    payload: '0',
    expected: states({ 'main/Outside_Temp': 0 }),
  }),
  message({
    name: 'heishamon: a base topic of two levels',
    mqttTopic: 'heishamon/cellar/main/Outside_Temp',
    payload: '-7',
    expected: observedStates('heishamon/cellar', { 'main/Outside_Temp': -7 }),
  }),
  message({
    name: 'heishamon: a sensor that is not there',
    ...of('main/DHW_Temp'),
    payload: '-78',
    expected: states({ 'main/DHW_Temp': null }),
  }),
  message({
    name: 'heishamon: no data instead of a power',
    ...of('main/Heat_Power_Consumption'),
    payload: '-200',
    expected: states({ 'main/Heat_Power_Consumption': null }),
  }),
  message({
    name: 'heishamon: the filling of newer series is no power',
    ...of('main/Heat_Power_Production'),
    payload: '29600',
    expected: states({ 'main/Heat_Power_Production': null }),
  }),
  message({
    name: 'heishamon: a power in steps of 200 W',
    ...of('main/DHW_Power_Consumption'),
    payload: '1400',
    expected: states({ 'main/DHW_Power_Consumption': 1400 }),
  }),
  message({
    name: 'heishamon: a power in watts',
    ...of('extra/Heat_Power_Production_Extra'),
    payload: '5213',
    expected: states({ 'extra/Heat_Power_Production_Extra': 5213 }),
  }),
  message({
    name: 'heishamon: a pump that does not send powers in watts',
    ...of('extra/Heat_Power_Production_Extra'),
    payload: '-1',
    expected: states({ 'extra/Heat_Power_Production_Extra': null }),
  }),
  message({
    name: 'heishamon: the meter on S0 port 1',
    ...of('s0/Watt/1'),
    payload: '1234.5',
    expected: states({ 's0/Watt/1': 1234.5 }),
  }),
  message({
    name: 'heishamon: the counter on S0 port 1',
    ...of('s0/WatthourTotal/1'),
    payload: '5368123',
    expected: states({ 's0/WatthourTotal/1': 5_368_123 }),
  }),
  message({
    name: 'heishamon: another meter on S0 port 2',
    ...of('s0/Watt/2'),
    payload: '7',
    expected: ignored,
  }),
  message({
    name: 'heishamon: an unknown state',
    ...of('main/ThreeWay_Valve_State'),
    payload: '-1',
    expected: states({ 'main/ThreeWay_Valve_State': null }),
  }),
  message({
    name: 'heishamon: no error',
    ...of('main/Error'),
    payload: 'No error',
    expected: states({ 'main/Error': 'No error' }),
  }),
  message({
    name: 'heishamon: an error',
    ...of('main/Error'),
    payload: 'H76',
    expected: states({ 'main/Error': 'H76' }),
  }),
  message({
    name: 'heishamon: a value that nothing reads',
    ...of('main/Quiet_Mode_Level'),
    payload: '2',
    expected: ignored,
  }),
  message({
    name: 'heishamon: retained, so nobody knows how old',
    payload: '4',
    retained: true,
    expected: ignored,
  }),
  message({
    name: 'heishamon: the gateway is online',
    ...of('LWT'),
    payload: 'Online',
    expected: ignored,
  }),
  message({
    name: 'heishamon: a will that may be stale',
    ...of('LWT'),
    payload: 'Offline',
    retained: true,
    expected: ignored,
  }),
  message({
    name: 'heishamon: text where a number should be',
    payload: 'cold',
    expected: deadLetter('heatpump', 'field_wrong_type'),
  }),
  message({
    name: 'heishamon: JSON where a number should be',
    payload: { temp: 4 },
    expected: deadLetter('heatpump', 'field_wrong_type'),
  }),
  message({
    name: 'heishamon: a base topic too long for a name',
    mqttTopic: `${'x'.repeat(129)}/main/Outside_Temp`,
    payload: '4',
    expected: deadLetter('heatpump', 'device_id_invalid'),
  }),
];
