import { useApi } from '@backstage/frontend-plugin-api';
import { useLiveHouse } from '@homelab/plugin-heat-pump-react';
import type { HouseFollower, LiveHouse } from '@homelab/plugin-heat-pump-react';
import { useCallback } from 'react';
import { heatPumpApiRef } from '../api';

/** Follows the house live for as long as the component is shown. */
export function useHouse(): LiveHouse {
  const api = useApi(heatPumpApiRef);
  const follow = useCallback(
    (follower: HouseFollower) => api.followHouse(follower),
    [api],
  );
  return useLiveHouse(follow);
}
