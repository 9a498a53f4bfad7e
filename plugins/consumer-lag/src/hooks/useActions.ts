import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import { useSlowLag } from '../api';

/** What this user may do. */
export type Actions = ClustersResponse['actions'];

const unknown = {
  isAllowed: false,
  reason: 'Your permissions are still loading.',
};

/** What this user may do; nothing until the backend has answered. */
export function useActions(): Actions {
  const { answer } = useSlowLag(queries => queries.clusters());
  return answer?.actions ?? { reset: unknown };
}
