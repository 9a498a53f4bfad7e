import type { Commands, HeatPumpSettings } from '@homelab/homelab-api-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isOpen } from './commandLooks';
import type { SettingsApi } from './SettingsApi';

const calmMs = 15_000;
/** While a heat pump is waited for. */
const eagerMs = 1_000;

/** The settings of a heat pump and what was changed, kept current while the page is visible. */
export interface SettingsState {
  readonly settings: HeatPumpSettings | undefined;
  readonly commands: Commands | undefined;
  readonly error: Error | undefined;
  /** Fetches both now. */
  refresh(): void;
}

/** Fetches the settings of a heat pump again and again, often while a command is open. */
export function useSettings(api: SettingsApi, deviceId: string): SettingsState {
  const [answer, setAnswer] = useState<{
    settings: HeatPumpSettings;
    commands: Commands;
  }>();
  const [error, setError] = useState<Error>();
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound(before => before + 1), []);
  const isWaiting = answer?.commands.data.some(({ state }) => isOpen(state));
  const waitMs = useRef(calmMs);
  waitMs.current = isWaiting ? eagerMs : calmMs;

  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    let timer: ReturnType<typeof setTimeout>;
    async function fetchOnce() {
      if (document.visibilityState === 'hidden') {
        timer = setTimeout(fetchOnce, eagerMs);
        return;
      }
      try {
        const [settings, commands] = await Promise.all([
          api.getSettings(deviceId, { signal }),
          api.getCommands(deviceId, { signal }),
        ]);
        if (signal.aborted) return;
        setAnswer({ settings, commands });
        setError(undefined);
      } catch (failure) {
        if (signal.aborted) return;
        setError(failure instanceof Error ? failure : new Error(`${failure}`));
      }
      timer = setTimeout(fetchOnce, waitMs.current);
    }
    void fetchOnce();
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [api, deviceId, round, isWaiting]);

  return {
    settings: answer?.settings,
    commands: answer?.commands,
    error,
    refresh,
  };
}
