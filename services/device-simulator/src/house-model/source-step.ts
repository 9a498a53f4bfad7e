import type { CompressorPower } from './compressor.ts';
import type { Weather } from './weather.ts';

/** The conditions of a heat pump's source side during one step. */
export interface SourceInputs {
  timeMs: number;
  weather: Weather;
  supplyC: number;
  /** Whether the compressor runs, and for how long it has. */
  runs: boolean;
  ranForS: number;
  /** The share of its capacity at which the compressor runs, 0 to 1. */
  outputShare: number;
}

/** What the source side does in one step. */
export interface SourceStep<Source> {
  source: Source;
  compressor: CompressorPower;
  /** Electricity of the brine pump or the fan. */
  sourcePumpW: number;
}
