import type { ClustersResponse } from '@homelab/plugin-dead-letters-common';
import { useDeadLetters } from '../api';

/** What this user may do. */
export type Actions = ClustersResponse['actions'];

const unknown = {
  isAllowed: false,
  reason: 'Your permissions are still loading.',
};

/** What this user may do; nothing until the backend has answered. */
export function useActions(): Actions {
  const { answer } = useDeadLetters(queries => queries.clusters());
  return answer?.actions ?? { peek: unknown, redrive: unknown };
}
