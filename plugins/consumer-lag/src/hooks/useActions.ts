import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import { useSlowLag } from '../api';

/** What this user may do. */
export type Actions = ClustersResponse['actions'];

const unknown = {
  isAllowed: false,
  reason: 'It is not known yet whether you may do this.',
};

/** Keeps up with what this user may do; nothing until the backend has said so. */
export function useActions(): Actions {
  const { answer } = useSlowLag(queries => queries.clusters());
  return answer?.actions ?? { reset: unknown };
}
