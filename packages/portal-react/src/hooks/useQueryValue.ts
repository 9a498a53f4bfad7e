import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A value of the URL's query, and a way to change it that leaves the others alone. */
export function useQueryValue(
  key: string,
): [string | null, (value: string | null) => void] {
  const [query, setQuery] = useSearchParams();
  const set = useCallback(
    (value: string | null) =>
      setQuery(
        current => {
          const next = new URLSearchParams(current);
          if (value === null) next.delete(key);
          else next.set(key, value);
          return next;
        },
        { replace: true },
      ),
    [key, setQuery],
  );
  return [query.get(key), set];
}
