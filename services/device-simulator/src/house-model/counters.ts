import { heatPumpElectricW } from './heat-pump.ts';
import type { HeatPumpState } from './heat-pump.ts';
import { stepS } from './units.ts';

/** Everything that only rises. */
export interface Counters {
  /** Electricity the whole house has imported. */
  importWh: number;
  /** Electricity the heat pump has drawn. */
  heatPumpWh: number;
  compressorS: number;
  compressorStarts: number;
  hotWaterS: number;
  aux3KwS: number;
  aux6KwS: number;
}

/** The counters of a house that has been lived in for some years. */
export const initialCounters: Counters = {
  importWh: 61_204_350,
  heatPumpWh: 20_310_000,
  compressorS: 12_418 * 3600,
  compressorStarts: 19_730,
  hotWaterS: 2_906 * 3600,
  aux3KwS: 312 * 3600,
  aux6KwS: 148 * 3600,
};

/** Adds one step to the counters. */
export function stepCounters(
  was: Counters,
  previous: HeatPumpState,
  now: HeatPumpState,
  importW: number,
): Counters {
  const { control } = now;
  const started = control.compressorOn && !previous.control.compressorOn;
  const whileS = (runs: boolean) => (runs ? stepS : 0);
  return {
    importWh: was.importWh + (importW * stepS) / 3600,
    heatPumpWh: was.heatPumpWh + (heatPumpElectricW(now) * stepS) / 3600,
    compressorS: was.compressorS + whileS(control.compressorOn),
    compressorStarts: was.compressorStarts + (started ? 1 : 0),
    hotWaterS: was.hotWaterS + whileS(control.destination === 'tank'),
    aux3KwS: was.aux3KwS + whileS(runsHeater(control.auxKw, 3)),
    aux6KwS: was.aux6KwS + whileS(runsHeater(control.auxKw, 6)),
  };
}

/** Whether the 3 kW or the 6 kW heater is on; 9 kW is both. */
export function runsHeater(auxKw: number, heaterKw: 3 | 6): boolean {
  return auxKw === heaterKw || auxKw === 9;
}
