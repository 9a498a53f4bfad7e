import { useApi } from '@backstage/frontend-plugin-api';
import type { History } from '@homelab/plugin-heat-pump-common';
import { useEffect, useState } from 'react';
import { heatPumpApiRef } from '../api';
import type { HistoryRequest } from '../api';

/** Stored readings, as far as they have been fetched. */
export interface HistoryState {
  history: History | undefined;
  error: Error | undefined;
  /** A request is under way; the last history stays in place meanwhile. */
  loading: boolean;
}

const nothing: HistoryState = {
  history: undefined,
  error: undefined,
  loading: true,
};

/** Fetches stored readings whenever the request changes; `null` fetches nothing. */
export function useHistory(request: HistoryRequest | null): HistoryState {
  const api = useApi(heatPumpApiRef);
  const [state, setState] = useState(nothing);
  // The request is made anew on each render; its content decides.
  const content = JSON.stringify(request);
  useEffect(() => {
    if (request === null) {
      setState({ ...nothing, loading: false });
      return undefined;
    }
    const cancel = new AbortController();
    setState(before => ({ ...before, loading: true }));
    api.getHistory(request, { signal: cancel.signal }).then(
      history => {
        if (cancel.signal.aborted) return;
        setState({ history, error: undefined, loading: false });
      },
      (thrown: unknown) => {
        if (cancel.signal.aborted) return;
        const error =
          thrown instanceof Error ? thrown : new Error(String(thrown));
        setState(before => ({ ...before, error, loading: false }));
      },
    );
    return () => cancel.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, content]);
  return state;
}
