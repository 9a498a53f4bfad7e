import { useApi } from '@backstage/frontend-plugin-api';
import type { House } from '@homelab/plugin-heat-pump-common';
import { usePolled } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import { heatPumpApiRef } from '../api';

/**
 * The house, polled every ten seconds while the page is visible. A stream would take one of
 * the few connections a browser allows per site, too much for a home page widget.
 */
export function useHouseNow(): Polled<House> {
  const api = useApi(heatPumpApiRef);
  return usePolled(
    {
      key: ['heat-pump', 'house'],
      ask: signal => api.getHouse({ signal }),
      serverTimeOf: ({ sentAt }) => sentAt,
      pace: { everyMs: 10_000, slowestMs: 60_000, requestMs: 10_000 },
    },
    { staleAfterMs: 40_000 },
  );
}
