import { initialAirSource, stepAirSource } from './air-source.ts';
import type { AirSource } from './air-source.ts';
import { initialGroundSource, stepGroundSource } from './ground-source.ts';
import type { GroundSource } from './ground-source.ts';
import type { HouseKind } from './house-kinds.ts';
import type { SourceInputs, SourceStep } from './source-step.ts';

/** Where a heat pump takes its heat from, and the compressor that belongs to it. */
export type HeatSource = GroundSource | AirSource;

/** A source that has rested. */
export function initialSource(kind: HouseKind, timeMs: number): HeatSource {
  return kind === 'ground' ? initialGroundSource(timeMs) : initialAirSource;
}

/** Steps a source together with its compressor. */
export function stepSource(
  was: HeatSource,
  inputs: SourceInputs,
): SourceStep<HeatSource> {
  return was.kind === 'ground'
    ? stepGroundSource(was, inputs)
    : stepAirSource(was, inputs);
}

/** Whether the machine is melting the ice off its evaporator. */
export function isDefrosting(source: HeatSource): boolean {
  return source.kind === 'air' && source.defrosting;
}
