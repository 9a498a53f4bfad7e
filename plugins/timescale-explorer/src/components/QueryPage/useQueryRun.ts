import { useApi } from '@backstage/frontend-plugin-api';
import type { QueryResponse } from '@homelab/plugin-timescale-explorer-common';
import { useAction } from '@homelab/portal-react';
import { useEffect, useRef, useState } from 'react';
import { timescaleExplorerApiRef } from '../../api';

/** A random version 4 UUID; `crypto.randomUUID` exists only over HTTPS and on this machine. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const set =
      { 6: (byte & 0x0f) | 0x40, 8: (byte & 0x3f) | 0x80 }[index] ?? byte;
    return set.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Runs one query at a time, and cancels it when the page is left. */
export function useQueryRun(database: string) {
  const api = useApi(timescaleExplorerApiRef);
  const { isBusy, problem, run } = useAction();
  const [result, setResult] = useState<QueryResponse>();
  const running = useRef<string>();
  const cancel = async () => {
    const id = running.current;
    if (id !== undefined) await api.cancelQuery(database, id).catch(() => {});
  };
  const leave = useRef(cancel);
  leave.current = cancel;
  useEffect(() => () => void leave.current(), []);
  return {
    isRunning: isBusy,
    problem,
    result,
    cancel,
    async start(sql: string, maxRows: number) {
      const id = randomId();
      running.current = id;
      setResult(undefined);
      const found = await run(() =>
        api.runQuery(database, { id, sql, maxRows }),
      );
      running.current = undefined;
      if (found) setResult(found);
    },
  };
}
