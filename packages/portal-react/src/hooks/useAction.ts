import { reasonOf } from '../words/reasonOf';
import { useCallback, useState } from 'react';

/** A user action: whether it is running, and why it failed. */
export interface Action {
  isBusy: boolean;
  /** Why the last attempt failed, in one sentence; null after a success. */
  problem: string | null;
  /** Runs it; returns `undefined` when it fails. */
  run<T>(act: () => Promise<T>): Promise<T | undefined>;
}

/** Runs the action of a button, one at a time. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(async <T>(act: () => Promise<T>) => {
    setBusy(true);
    setProblem(null);
    try {
      return await act();
    } catch (error) {
      setProblem(reasonOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, problem, run };
}
