import type { AskOptions } from '@homelab/homelab-api-client';
import type { Figure } from '@homelab/plugin-heat-pump-react';
import { QueryClient, keepPreviousData, useQuery } from '@tanstack/react-query';

/** The answers of the API that the page keeps while it is open. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: 30_000,
      refetchOnReconnect: true,
      placeholderData: keepPreviousData,
    },
  },
});

const minuteMs = 60_000;

/**
 * Asks the API and repeats it, while the page is visible. An old answer stays while a newer one
 * cannot be had.
 *
 * @param key what the answer depends on; `undefined` among it asks nothing
 */
export function useFigure<T>(
  key: readonly (string | number | boolean | undefined)[],
  ask: (options: AskOptions) => Promise<T>,
  refreshMs = 5 * minuteMs,
): Figure<T> & { readonly loading: boolean } {
  const { data, error, isFetching } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask({ signal }),
    enabled: !key.includes(undefined),
    refetchInterval: refreshMs,
  });
  return { value: data, error: error ?? undefined, loading: isFetching };
}
