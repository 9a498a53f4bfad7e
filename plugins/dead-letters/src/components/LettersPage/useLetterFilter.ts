import type { LetterFilter } from '@homelab/plugin-dead-letters-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

const hour = 3_600_000;

/** Choices of how long ago letters failed; `value` is what the URL says. */
export const sinceChoices = [
  { value: '1h', words: 'In the last hour', ms: hour },
  { value: '24h', words: 'In the last 24 hours', ms: 24 * hour },
  { value: '7d', words: 'In the last 7 days', ms: 7 * 24 * hour },
] as const;

/** The filter as the URL has it. */
export interface ChosenFilter {
  codes: readonly string[];
  stage: string;
  key: string;
  since: string;
}

/** Reads the filter from the URL, and changes it there. */
export function useLetterFilter(): {
  chosen: ChosenFilter;
  /** The filter for the backend; the same object until the URL changes. */
  filter: LetterFilter;
  change(part: Partial<ChosenFilter>): void;
} {
  const [query, setQuery] = useSearchParams();
  const text = query.toString();
  const chosen = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const filter = useMemo(() => filterOf(chosen, Date.now()), [chosen]);
  const change = useCallback(
    (part: Partial<ChosenFilter>) =>
      setQuery(
        current => {
          const next = { ...readFilter(current), ...part };
          const changed = new URLSearchParams(current);
          changed.delete('code');
          for (const code of next.codes) changed.append('code', code);
          for (const name of ['stage', 'key', 'since'] as const) {
            if (next[name] === '') changed.delete(name);
            else changed.set(name, next[name]);
          }
          return changed;
        },
        { replace: true },
      ),
    [setQuery],
  );
  return { chosen, filter, change };
}

function readFilter(query: URLSearchParams): ChosenFilter {
  return {
    codes: query.getAll('code'),
    stage: query.get('stage') ?? '',
    key: query.get('key') ?? '',
    since: query.get('since') ?? '',
  };
}

/** The filter for the backend. */
export function filterOf(chosen: ChosenFilter, nowMs: number): LetterFilter {
  const since = sinceChoices.find(({ value }) => value === chosen.since);
  return {
    ...(chosen.codes.length > 0 && { codes: [...chosen.codes] }),
    ...(chosen.stage !== '' && { stage: chosen.stage }),
    ...(chosen.key !== '' && { key: chosen.key }),
    ...(since && { since: new Date(nowMs - since.ms).toISOString() }),
  };
}
