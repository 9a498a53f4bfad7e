import { reasonOf } from '../polling';
import { useCallback, useState } from 'react';

/** Something that a person does: whether it is under way, and why it failed. */
export interface Action {
  isBusy: boolean;
  /** Why the last try failed, in one sentence; null when it did not. */
  problem: string | null;
  /** Does it; gives `undefined` when it fails. */
  run<T>(act: () => Promise<T>): Promise<T | undefined>;
}

/** Runs what a button does, one at a time. */
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
