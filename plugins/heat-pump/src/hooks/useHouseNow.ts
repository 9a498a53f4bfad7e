import { useApi } from '@backstage/frontend-plugin-api';
import type { House } from '@homelab/plugin-heat-pump-common';
import { useEffect, useState } from 'react';
import { heatPumpApiRef } from '../api';

const pollMs = 10_000;

/** The house as last asked for, and why asking failed if it did. */
export interface HouseNow {
  house: House | undefined;
  error: Error | undefined;
  clockOffsetMs: number;
}

/**
 * Asks for the house every ten seconds while the page is shown. A stream of its own would
 * take one of the few connections a browser gives a site, for a glance at a home page.
 */
export function useHouseNow(): HouseNow {
  const api = useApi(heatPumpApiRef);
  const [state, setState] = useState<HouseNow>({
    house: undefined,
    error: undefined,
    clockOffsetMs: 0,
  });
  useEffect(() => {
    const cancel = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      if (!document.hidden) {
        try {
          const house = await api.getHouse({ signal: cancel.signal });
          const clockOffsetMs = Date.parse(house.sentAt) - Date.now();
          if (!cancel.signal.aborted) {
            setState({ house, error: undefined, clockOffsetMs });
          }
        } catch (thrown) {
          const error =
            thrown instanceof Error ? thrown : new Error(String(thrown));
          if (!cancel.signal.aborted)
            setState(before => ({ ...before, error }));
        }
      }
      if (!cancel.signal.aborted) timer = setTimeout(ask, pollMs);
    }
    void ask();
    return () => {
      cancel.abort();
      clearTimeout(timer);
    };
  }, [api]);
  return state;
}
