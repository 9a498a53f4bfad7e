import type { ColourToken } from './colours.ts';

interface Described {
  /** The name shown on pages. */
  label: string;
  /** What it means, for documentation and tooltips. */
  description: string;
}

/** A number with a unit. Values outside `min`..`max` are implausible and become `null`. */
export interface NumberMeasurement extends Described {
  /** `gauge` goes up and down; `counter` never decreases. */
  kind: 'gauge' | 'counter';
  /** As shown on pages; empty for a plain number. */
  unit: string;
  /** Decimals shown on pages. */
  decimals: number;
  min: number;
  max: number;
  colour: ColourToken;
}

/** Something that is on or off. */
export interface FlagMeasurement extends Described {
  kind: 'flag';
}

/** One of a closed set of words. */
export interface StateMeasurement extends Described {
  kind: 'state';
  states: readonly string[];
}

/** Free text of at most {@link maxTextLength} characters. */
export interface TextMeasurement extends Described {
  kind: 'text';
}

/** A list of short strings. */
export interface ListMeasurement extends Described {
  kind: 'list';
}

/** An entry of the measurement registry. */
export type Measurement =
  | NumberMeasurement
  | FlagMeasurement
  | StateMeasurement
  | TextMeasurement
  | ListMeasurement;

/** The longest text that a field of a reading may have, in characters. */
export const maxTextLength = 200;

/** The most entries a list in a reading may have. */
export const maxListLength = 64;

type NumberOptions = Omit<NumberMeasurement, 'kind'>;

/** Declares a number that goes up and down. */
export function gauge(options: NumberOptions) {
  return { kind: 'gauge', ...options } as const;
}

/** Declares a number that never decreases. */
export function counter(options: NumberOptions) {
  return { kind: 'counter', ...options } as const;
}

/** Declares something that is on or off. */
export function flag(label: string, description: string) {
  return { kind: 'flag', label, description } as const;
}

/** Declares one of a closed set of words. */
export function state<const S extends readonly string[]>(
  label: string,
  states: S,
  description: string,
) {
  return { kind: 'state', label, states, description } as const;
}

/** Declares free text. */
export function text(label: string, description: string) {
  return { kind: 'text', label, description } as const;
}

/** Declares a list of short strings. */
export function list(label: string, description: string) {
  return { kind: 'list', label, description } as const;
}

/** Fields that a reading of any stream may have. */
export const commonMeasurements = {
  source: text('Source', 'The device format the reading came from'),
  rssi: gauge({
    label: 'Signal',
    unit: 'dBm',
    decimals: 0,
    min: -127,
    max: 0,
    colour: 'neutral',
    description: 'Received radio signal strength',
  }),
  estimated: list(
    'Estimated',
    'Names of fields whose value was estimated, not measured',
  ),
} as const;
