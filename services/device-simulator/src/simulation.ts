import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ControlSettings } from './house-model/control-settings.ts';
import { createStepHouse, initialHouse } from './house-model/house.ts';
import type { HouseState } from './house-model/house.ts';
import type { HouseKind } from './house-model/house-kinds.ts';
import type { Random } from './house-model/random.ts';
import { stepMs } from './house-model/units.ts';
import type { SiteTime } from './site-time.ts';

/**
 * When the simulated house begins. It is the same for every run, so the state at any
 * time follows from seed and zone alone: a restart finds its counters where they would
 * have been, and history joins live values. Moving it makes counters fall.
 */
export const houseBeginsMs = Date.UTC(2026, 0, 1);

/** The house as it advances through time; it never goes back. */
export interface Simulation {
  /**
   * Advances to a time and gives the state at the first step at or after it; a time
   * already passed gives the current state.
   */
  advanceTo(houseMs: number): HouseState;
  /** Changes what is set on the heat pump; it acts from the next step on. */
  changeSettings(change: (settings: ControlSettings) => ControlSettings): void;
  /** Like `advanceTo` for months, yielding to the event loop in between. */
  fastForwardTo(houseMs: number, signal: AbortSignal): Promise<void>;
}

const stepsPerTurn = 5000;

/** Creates the house of a kind and a seed, at its beginning. */
export function createSimulation(deps: {
  house: HouseKind;
  random: Random;
  site: SiteTime;
}): Simulation {
  const around = { house: deps.house, random: deps.random, ...deps.site };
  const step = createStepHouse(around);
  let state = initialHouse(houseBeginsMs, around);

  function advanceTo(houseMs: number): HouseState {
    while (state.timeMs < houseMs) state = step(state);
    return state;
  }
  return {
    advanceTo,
    changeSettings(change) {
      const { heatPump } = state;
      const settings = change(heatPump.settings);
      state = { ...state, heatPump: { ...heatPump, settings } };
    },
    async fastForwardTo(houseMs, signal) {
      while (state.timeMs < houseMs) {
        signal.throwIfAborted();
        advanceTo(Math.min(houseMs, state.timeMs + stepsPerTurn * stepMs));
        await nextTurn();
      }
    },
  };
}
