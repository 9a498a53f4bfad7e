import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeadLetter,
  LetterFilter,
  LettersPage,
} from '@homelab/plugin-dead-letters-common';
import { useCallback, useEffect, useState } from 'react';
import { deadLettersApiRef } from '../../api';
import type { TopicRef } from '../../api';

/** Letters as far as they have been fetched. */
export interface LettersState {
  letters: readonly DeadLetter[];
  /** Absent until the first page. */
  lastPage?: LettersPage;
  /** Letters that were looked at for all pages. */
  examined: number;
  error?: Error;
  isBusy: boolean;
}

/** What was asked for last. */
interface Turn {
  filter: LetterFilter;
  before?: string;
  /** Rises when the same is asked for again. */
  count: number;
}

const nothing: LettersState = { letters: [], examined: 0, isBusy: true };

/** Fetches the newest letters whenever the filter changes, and older ones when asked to. */
export function useLetters(
  topic: TopicRef,
  filter: LetterFilter,
): LettersState & { showOlder(): void; refresh(): void } {
  const api = useApi(deadLettersApiRef);
  const { cluster, topic: name } = topic;
  const [state, setState] = useState(nothing);
  const [turn, setTurn] = useState<Turn>({ filter, count: 0 });
  // A place to go on from is of one filter alone.
  const before = turn.filter === filter ? turn.before : undefined;
  const { count } = turn;

  useEffect(() => {
    const cancel = new AbortController();
    setState(shown =>
      before === undefined ? nothing : { ...shown, isBusy: true },
    );
    api
      .getLetters(
        { cluster, topic: name, filter, before },
        { signal: cancel.signal },
      )
      .then(
        page => {
          if (cancel.signal.aborted) return;
          setState(shown => ({
            letters: [...shown.letters, ...page.letters],
            examined: shown.examined + page.examined,
            lastPage: page,
            isBusy: false,
          }));
        },
        (thrown: unknown) => {
          if (cancel.signal.aborted) return;
          const error =
            thrown instanceof Error ? thrown : new Error(String(thrown));
          setState(shown => ({ ...shown, error, isBusy: false }));
        },
      );
    return () => cancel.abort();
  }, [api, cluster, name, filter, before, count]);

  const next = state.lastPage?.nextCursor ?? undefined;
  return {
    ...state,
    showOlder: useCallback(() => {
      if (next !== undefined) setTurn({ filter, before: next, count });
    }, [filter, next, count]),
    refresh: useCallback(
      () => setTurn(({ count: turns }) => ({ filter, count: turns + 1 })),
      [filter],
    ),
  };
}
