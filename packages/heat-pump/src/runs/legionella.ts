import { dayMs, minuteMs } from '../time/units.ts';

/** A tank this hot, for this long, is free of legionella, as far as a monitor can tell. */
export const legionellaC = 60;
const heldMs = 30 * minuteMs;

/** What is remembered of a tank. */
export interface LegionellaState {
  /** Since when it has been hot without a break. */
  hotSinceMs: number | null;
  isDone: boolean;
  lastSuccessMs: number | null;
}

export const initialLegionella: LegionellaState = {
  hotSinceMs: null,
  isDone: false,
  lastSuccessMs: null,
};

/** Takes the temperature of a tank; `isContinuous` is false after a gap. */
export function stepLegionella(
  was: LegionellaState,
  now: { atMs: number; tankC: number | null; isContinuous: boolean },
): { state: LegionellaState; succeeded: boolean } {
  if (now.tankC === null || now.tankC < legionellaC) {
    return {
      state: { ...was, hotSinceMs: null, isDone: false },
      succeeded: false,
    };
  }
  const isHeld = was.hotSinceMs !== null && now.isContinuous;
  const hotSinceMs = isHeld ? was.hotSinceMs! : now.atMs;
  const isDone = isHeld && was.isDone;
  const succeeded = !isDone && now.atMs - hotSinceMs >= heldMs;
  return {
    state: {
      hotSinceMs,
      isDone: isDone || succeeded,
      lastSuccessMs: succeeded ? now.atMs : was.lastSuccessMs,
    },
    succeeded,
  };
}

/** Whether the next run is overdue by more than a day; `false` if the owner wants none. */
export function isLegionellaOverdue(
  lastSuccessMs: number | null,
  sinceMs: number,
  intervalDays: number | null,
  nowMs: number,
): boolean {
  if (intervalDays === null) return false;
  return nowMs - (lastSuccessMs ?? sinceMs) > (intervalDays + 1) * dayMs;
}
