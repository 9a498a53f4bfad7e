import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Changes values of the URL's query, and leaves the others alone; `null` takes one away.
 * What changes together must be changed in one call: of two calls the router forgets one.
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

/** A value of the URL's query, and a way to change it that leaves the others alone. */
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
