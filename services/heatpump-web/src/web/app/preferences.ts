import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const preferencesSchema = z.object({
  /** `auto` follows the device. */
  appearance: z.enum(['auto', 'light', 'dark']).catch('auto'),
  /** The meter of the house, where there are several. */
  meterId: z.string().max(200).optional().catch(undefined),
  /** The heat pump to show, where there are several. */
  heatPumpId: z.string().max(200).optional().catch(undefined),
});

/** What somebody has chosen on this device; it stays on it. */
export type Preferences = z.infer<typeof preferencesSchema>;

const key = 'homelab.preferences';
const listeners = new Set<() => void>();
let current: Preferences | undefined;

function read(): Preferences {
  try {
    return preferencesSchema.parse(
      JSON.parse(localStorage.getItem(key) ?? '{}'),
    );
  } catch {
    return preferencesSchema.parse({});
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The choices of now. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => (current ??= read()));
}

/** Changes some of the choices. */
export function choose(part: Partial<Preferences>): void {
  current = { ...(current ?? read()), ...part };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // A full or forbidden storage: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}
