import { useApi } from '@backstage/frontend-plugin-api';
import type { Redrive } from '@homelab/plugin-dead-letters-common';
import { useAppQueryClient } from '@homelab/portal-react';
import { skipToken, useQuery } from '@tanstack/react-query';
import { deadLettersApiRef } from '../../api';
import { isUnderWay } from './redriveWords';

const everyMs = 1_000;

/**
 * Follows a redrive to its end. A failed request is repeated: the redrive runs on without
 * this page.
 *
 * @param started the backend's last answer; `undefined` follows nothing
 */
export function useRedrive(started: Redrive | undefined): Redrive | undefined {
  const api = useApi(deadLettersApiRef);
  const { data } = useQuery(
    {
      queryKey: ['dead-letters', 'redrive', started?.cluster, started?.id],
      queryFn:
        started === undefined
          ? skipToken
          : ({ signal }) => api.getRedrive(started, { signal }),
      enabled: ({ state }) => {
        const redrive = newer(started, state.data);
        return redrive !== undefined && isUnderWay(redrive);
      },
      refetchInterval: everyMs,
      networkMode: 'always',
      retry: false,
    },
    useAppQueryClient(),
  );
  return newer(started, data);
}

/** The later state of a redrive. */
function newer(
  started: Redrive | undefined,
  polled: Redrive | undefined,
): Redrive | undefined {
  if (started === undefined || polled === undefined) return started;
  return started.updatedAt > polled.updatedAt ? started : polled;
}
