import { deviceReadingSchema } from '@homelab/heat-pump';
import type { DeviceReading } from '@homelab/heat-pump';
import { z } from 'zod';

const key = 'homelab.last-state';
const maxReadings = 200;

const lastStateSchema = z.object({
  /** When the page last heard of the house, milliseconds since 1970 by its own clock. */
  heardAtMs: z.number(),
  clockOffsetMs: z.number(),
  timeZone: z.string().optional(),
  readings: z.array(deviceReadingSchema).max(maxReadings),
});

/** What the page remembers of the house for when it cannot be reached. */
export interface LastState {
  readonly heardAtMs: number;
  readonly clockOffsetMs: number;
  readonly timeZone?: string | undefined;
  readonly readings: readonly DeviceReading[];
}

/** The remembered state; undefined when there is none, or one of another version. */
export function readLastState(storage: Storage): LastState | undefined {
  try {
    return lastStateSchema.parse(JSON.parse(storage.getItem(key) ?? ''));
  } catch {
    return undefined;
  }
}

/** Remembers the state; a full or forbidden storage remembers nothing. */
export function writeLastState(storage: Storage, state: LastState): void {
  const readings = state.readings.slice(0, maxReadings);
  try {
    storage.setItem(key, JSON.stringify({ ...state, readings }));
  } catch {
    // Nothing depends on it while the page is open.
  }
}

/** Forgets it, as when somebody signs out. */
export function forgetLastState(storage: Storage): void {
  storage.removeItem(key);
}
