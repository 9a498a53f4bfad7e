import { runsHeater } from '../house-model/counters.ts';
import { supplyOfCurve } from '../house-model/heat-pump-control.ts';
import type { GroundSource } from '../house-model/ground-source.ts';
import type { HouseState } from '../house-model/house.ts';
import { tankSensorC } from '../house-model/hot-water-tank.ts';
import type { SiteTime } from '../site-time.ts';
import { deviceMqttTopic } from './device-message.ts';
import type { DeviceMessage } from './device-message.ts';

/** The flat JSON of a ThermIQ module: registers `d0`… in decimal. */
export interface ThermiqPayload {
  Client_Name: string;
  /** Local time without zone, `YYYY-MM-DD hh:mm:ss`. */
  time: string;
  vp_read: 'Ok';
  rssi: number;
  /** Outdoor, °C. */
  d0: number;
  /** Indoor: whole degrees and tenths. */
  d1: number;
  d2: number;
  /** Indoor target: whole degrees and tenths. */
  d3: number;
  d4: number;
  /** Supply, return and hot water, °C. */
  d5: number;
  d6: number;
  d7: number;
  /** Brine out and in, °C. */
  d8: number;
  d9: number;
  /** Current, A. */
  d12: number;
  /** Heaters: 1 is 3 kW, 2 is 6 kW. */
  d13: number;
  /** Supply target, °C. */
  d14: number;
  /** Status bits, see {@link statusBits}. */
  d16: number;
  d17: number;
  /** Alarms; 0 is none. */
  d19: number;
  /** Integral, K·min. */
  d25: number;
  /** Defrost time; a ground source machine never defrosts. */
  d27: number;
  /** Circulation and brine pump, %. */
  d30: number;
  d31: number;
  /** Room setpoint, °C. */
  d50: number;
  /** Mode: 1 is auto. */
  d51: number;
  /** Heating curve: supply at 0 °C outdoors, °C. */
  d52: number;
  /** Heat stop, °C outdoors. */
  d58: number;
  /** Hot water start and stop, °C. */
  d68: number;
  d84: number;
  /** Legionella: days between runs and temperature, °C. */
  d71: number;
  d72: number;
  /** Integral A1 that starts the compressor. */
  d73: number;
  /** Hours of compressor, 3 kW heater, hot water and 6 kW heater. */
  d104: number;
  d106: number;
  d108: number;
  d114: number;
  EVU: 0 | 1;
}

/** What this device publishes. */
export type ThermiqMessage = DeviceMessage<'thermiq', ThermiqPayload>;

const statusBits = {
  brinePump: 1,
  compressor: 2,
  circulationPump: 4,
  hotWater: 8,
  heater: 16,
} as const;
const heaterBits = { 3: 1, 6: 2 } as const;
const mainsV = 230;
const compressorPowerFactor = 0.83;

/** The message of a ThermIQ module at one time, in whole degrees and local time. */
export function thermiqMessage(
  state: HouseState,
  source: GroundSource,
  at: { measuredAtMs: number; rssi: number; site: SiteTime },
  device: { node: string; clientName: string },
): ThermiqMessage {
  const { heatPump, counters, building } = state;
  const { control, settings } = heatPump;
  const indoor = splitTenths(building.roomC);
  const target = splitTenths(settings.roomC);
  const threePhaseA =
    (heatPump.compressor.electricW + heatPump.auxW) /
    (3 * mainsV * compressorPowerFactor);
  return {
    format: 'thermiq',
    mqttTopic: deviceMqttTopic('thermiq', device.node),
    measuredAtMs: at.measuredAtMs,
    payload: {
      Client_Name: device.clientName,
      time: at.site.format(at.measuredAtMs),
      vp_read: 'Ok',
      rssi: at.rssi,
      d0: whole(state.weather.temperatureC),
      d1: indoor.whole,
      d2: indoor.tenths,
      d3: target.whole,
      d4: target.tenths,
      d5: whole(heatPump.supplyC),
      d6: whole(heatPump.returnC),
      d7: whole(tankSensorC(state.tank)),
      d8: whole(source.brineOutC),
      d9: whole(source.brineInC),
      d12: whole(threePhaseA),
      d13:
        (runsHeater(control.auxKw, 3) ? heaterBits[3] : 0) +
        (runsHeater(control.auxKw, 6) ? heaterBits[6] : 0),
      d14: whole(heatPump.supplyTargetC),
      d16: statusOf(state, source),
      d17: 0,
      d19: 0,
      d25: whole(control.degreeMinutes),
      d27: 0,
      d30: heatPump.circulationPumpPct,
      d31: source.brinePumpPct,
      d50: settings.roomC,
      d51: settings.mode,
      d52: whole(supplyOfCurve(0, settings)),
      d58: settings.heatStopC,
      d68: settings.hotWaterStartC,
      d84: settings.hotWaterStopC,
      d71: settings.legionellaEveryDays,
      d72: settings.legionellaC,
      d73: -settings.startDegreeMinutes,
      d104: hours(counters.compressorS),
      d106: hours(counters.aux3KwS),
      d108: hours(counters.hotWaterS),
      d114: hours(counters.aux6KwS),
      EVU: 0,
    },
  };
}

function statusOf({ heatPump }: HouseState, source: GroundSource): number {
  const { control } = heatPump;
  return (
    (source.brinePumpPct > 0 ? statusBits.brinePump : 0) +
    (control.compressorOn ? statusBits.compressor : 0) +
    (heatPump.circulationPumpPct > 0 ? statusBits.circulationPump : 0) +
    (control.destination === 'tank' ? statusBits.hotWater : 0) +
    (control.auxKw > 0 ? statusBits.heater : 0)
  );
}

/** A room temperature as the two registers that hold it; rooms are above freezing. */
function splitTenths(celsius: number): { whole: number; tenths: number } {
  const tenths = Math.round(celsius * 10);
  return { whole: Math.floor(tenths / 10), tenths: tenths % 10 };
}

/** Rounds to a whole number, never to -0, which no device sends. */
function whole(value: number): number {
  return Math.round(value) + 0;
}

function hours(seconds: number): number {
  return Math.floor(seconds / 3600);
}
