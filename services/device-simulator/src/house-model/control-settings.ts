import type { HouseKind } from './house-kinds.ts';

/** What the owner and the maker have set on a heat pump. */
export interface ControlSettings {
  isOn: boolean;
  /** The operating mode, by the number that the maker gives it. */
  mode: number;
  roomC: number;
  curve: number;
  /** Kelvin by which the curve is moved. */
  curveShiftK: number;
  /** Kelvin of supply for each kelvin the room is off its setpoint. */
  roomFactor: number;
  minSupplyC: number;
  maxSupplyC: number;
  heatStopC: number;
  hotWaterStartC: number;
  hotWaterStopC: number;
  startDegreeMinutes: number;
  auxDegreeMinutes: number;
  legionellaEveryDays: number;
  legionellaC: number;
  /** The largest step of the electric heater, in kW. */
  maxAuxKw: number;
  /** The smallest share of its capacity a compressor can run at; 1 is on or off. */
  minOutputShare: number;
  /** The degree minutes at which an inverter wants all of its capacity. */
  fullOutputDegreeMinutes: number;
}

const common = {
  isOn: true,
  curveShiftK: 0,
  roomC: 21,
  roomFactor: 3,
  minSupplyC: 20,
  maxSupplyC: 55,
  heatStopC: 17,
  startDegreeMinutes: -60,
  auxDegreeMinutes: -600,
  legionellaEveryDays: 7,
  legionellaC: 62,
} as const;

/**
 * The heat pumps of the two houses as they are delivered: a fixed-speed machine on radiators, and an inverter
 * on emitters that do with cooler water.
 */
export const controlSettings: Readonly<Record<HouseKind, ControlSettings>> = {
  ground: {
    ...common,
    mode: 1,
    curve: 0.6,
    hotWaterStartC: 47,
    hotWaterStopC: 52,
    maxAuxKw: 9,
    minOutputShare: 1,
    fullOutputDegreeMinutes: common.startDegreeMinutes,
  },
  air: {
    ...common,
    mode: 6,
    curve: 0.33,
    hotWaterStartC: 45,
    hotWaterStopC: 50,
    maxAuxKw: 3,
    minOutputShare: 0.3,
    fullOutputDegreeMinutes: -400,
  },
};
