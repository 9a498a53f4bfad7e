import type { PointSpan } from '@homelab/timescale-schema';
import type { NumberField } from './fields.ts';

/** Values of one field, point by point; null where the point has none. */
export interface FieldPoints {
  readonly field: string;
  readonly unit: string;
  readonly mean: (number | null)[];
  readonly min: (number | null)[];
  readonly max: (number | null)[];
}

/** Points with readings, by column. */
export interface Points {
  /** Width of a point in milliseconds; `null` for local days. */
  readonly bucketMs: number | null;
  readonly startMs: number[];
  readonly spans: PointSpan[];
  /** Readings of the point with an estimated value; null where that is not known. */
  readonly estimated: (number | null)[];
  readonly series: FieldPoints[];
}

/** No point yet. */
export function emptyPoints(
  fields: readonly NumberField[],
  bucketMs: number | null,
): Points {
  return {
    bucketMs,
    startMs: [],
    spans: [],
    estimated: [],
    series: fields.map(({ name, unit }) => ({
      field: name,
      unit,
      mean: [],
      min: [],
      max: [],
    })),
  };
}

/** Sums of floats carry noise far below any sensor; rounding halves the answer. */
export function rounded(value: number, decimals?: number): number;
export function rounded(
  value: number | null | undefined,
  decimals?: number,
): number | null;
export function rounded(
  value: number | null | undefined,
  decimals = 3,
): number | null {
  if (value === null || value === undefined) return null;
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/** For a coverage: 0.8999 is too little for a COP and must not read as the 0.9 that is enough. */
export function roundedDown(value: number): number {
  return Math.floor(value * 1_000) / 1_000;
}
