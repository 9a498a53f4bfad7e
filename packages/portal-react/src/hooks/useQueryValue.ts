import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Changes URL query parameters and keeps the others; `null` removes one. Parameters
 * that change together need one call: the router drops one of two calls.
 */
export function useQueryChange(): (
  changes: Readonly<Record<string, string | null>>,
) => void {
  const [, setQuery] = useSearchParams();
  return useCallback(
    changes =>
      setQuery(
        current => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(changes)) {
            if (value === null) next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setQuery],
  );
}

/** A URL query parameter and its setter, which keeps the others. */
export function useQueryValue(
  key: string,
): [string | null, (value: string | null) => void] {
  const [query] = useSearchParams();
  const change = useQueryChange();
  const set = useCallback(
    (value: string | null) => change({ [key]: value }),
    [key, change],
  );
  return [query.get(key), set];
}
