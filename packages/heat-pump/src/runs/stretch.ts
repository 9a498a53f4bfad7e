/** A stretch of time in which something was the case. Times are milliseconds since 1970. */
export interface Stretch {
  fromMs: number;
  toMs: number;
  /** It began before the first reading or in a gap, so `fromMs` is not its start. */
  openStart: boolean;
  /** It had not ended at the last reading before a gap, so `toMs` is not its end. */
  openEnd: boolean;
}

/** A stretch that has not ended. */
export type OpenStretch = Pick<Stretch, 'fromMs' | 'openStart'>;

/** Whether something is the case at a reading. */
export interface Observation {
  atMs: number;
  active: boolean;
  /** Time of the reading before; `null` for the first. */
  previousMs: number | null;
  /** Whether it is known what was the case until now: no gap, and known at the reading before. */
  isContinuous: boolean;
}

/**
 * Takes one observation. A stretch lasts until the reading that no longer shows it; where
 * readings stop it ends with the last one before, open, because what happened then is unknown.
 */
export function stepStretch(
  open: OpenStretch | null,
  observation: Observation,
): { open: OpenStretch | null; closed: Stretch | null } {
  const { atMs, active, previousMs, isContinuous } = observation;
  if (open !== null && !isContinuous) {
    const toMs = previousMs ?? open.fromMs;
    return {
      open: active ? { fromMs: atMs, openStart: true } : null,
      closed: { ...open, toMs, openEnd: true },
    };
  }
  if (open !== null) {
    return active
      ? { open, closed: null }
      : { open: null, closed: { ...open, toMs: atMs, openEnd: false } };
  }
  const openStart = previousMs === null || !isContinuous;
  return { open: active ? { fromMs: atMs, openStart } : null, closed: null };
}
