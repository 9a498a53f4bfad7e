import type { Band, BandKind } from '@homelab/heat-pump';

/** A run of the compressor. Times are milliseconds since 1970. */
export interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  /** It began before the range or in a silence. */
  readonly openStart: boolean;
  /** It had not ended, or ended in a silence. */
  readonly openEnd: boolean;
  /** Milliseconds of it in which water was heated. */
  readonly hotWaterMs: number;
  readonly auxHeaterMs: number;
  readonly defrosts: number;
}

/** The runs of the compressor, with what happened in each; in the order of time. */
export function runsOf(bands: readonly Band[]): Run[] {
  const of = (kind: BandKind) => bands.filter(band => band.kind === kind);
  const [hotWater, auxHeater, defrosts] = [
    of('hot_water'),
    of('aux_heater'),
    of('defrost'),
  ];
  return of('compressor').map(({ from, to, openStart, openEnd }) => {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
    const overlap = (band: Band) =>
      Math.min(toMs, Date.parse(band.to)) -
      Math.max(fromMs, Date.parse(band.from));
    const sum = (list: readonly Band[]) =>
      list.reduce((total, band) => total + Math.max(0, overlap(band)), 0);
    return {
      fromMs,
      toMs,
      openStart,
      openEnd,
      hotWaterMs: sum(hotWater),
      auxHeaterMs: sum(auxHeater),
      defrosts: defrosts.filter(band => overlap(band) > 0).length,
    };
  });
}
