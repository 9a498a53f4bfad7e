import type { StackContext } from './with-stack.ts';

/** What a tier runs with. */
export interface TierContext extends StackContext {
  /** Passed to the tier's own runner; for `static`, the names of the checks to run. */
  extraArgs: readonly string[];
}
