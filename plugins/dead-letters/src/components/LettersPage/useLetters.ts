import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeadLetter,
  LetterFilter,
} from '@homelab/plugin-dead-letters-common';
import { useAppQueryClient } from '@homelab/portal-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { deadLettersApiRef } from '../../api';
import type { TopicRef } from '../../api';

/** The letters fetched so far. */
export interface LettersState {
  /** Newest first; absent until the first page. */
  letters?: readonly DeadLetter[];
  /** Letters that the backend examined for all pages. */
  examined: number;
  hasOlder: boolean;
  error?: Error;
  isBusy: boolean;
  showOlder(): void;
}

const keyOf = ({ cluster, topic }: TopicRef) => [
  'dead-letters',
  'letters',
  cluster,
  topic,
];

/** Fetches the newest letters for each filter, and older ones on demand. */
export function useLetters(
  topic: TopicRef,
  filter: LetterFilter,
): LettersState {
  const api = useApi(deadLettersApiRef);
  const { data, error, isFetching, hasNextPage, fetchNextPage } =
    useInfiniteQuery(
      {
        queryKey: [...keyOf(topic), filter],
        queryFn: ({ pageParam: before, signal }) =>
          api.getLetters({ ...topic, filter, before }, { signal }),
        initialPageParam: undefined as string | undefined,
        getNextPageParam: page => page.nextCursor,
        // A list in use must not move; a page opened again starts with new letters.
        staleTime: Infinity,
        gcTime: 0,
        networkMode: 'always',
        retry: false,
      },
      useAppQueryClient(),
    );
  return {
    letters: useMemo(
      () => data?.pages.flatMap(({ letters }) => letters),
      [data],
    ),
    examined: data?.pages.reduce((sum, page) => sum + page.examined, 0) ?? 0,
    hasOlder: hasNextPage,
    error: error ?? undefined,
    isBusy: isFetching,
    showOlder: () => void fetchNextPage(),
  };
}

/** Returns a function that fetches a topic's newest letters anew. */
export function useLettersReset(topic: TopicRef): () => void {
  const client = useAppQueryClient();
  return () => void client.resetQueries({ queryKey: keyOf(topic) });
}
