import { useCallback } from 'react';
import { useAppQueryClient } from './useAppQueryClient';
import type { PollQuery } from './usePolled';

/**
 * Returns a function that requests new answers at once, for the views that show them: of a
 * query, and of all queries whose key begins with its key.
 */
export function useRefresh(): (query: Pick<PollQuery<never>, 'key'>) => void {
  const client = useAppQueryClient();
  return useCallback(
    ({ key }) => void client.invalidateQueries({ queryKey: key }),
    [client],
  );
}
