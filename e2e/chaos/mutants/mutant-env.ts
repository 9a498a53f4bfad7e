import type { ServiceEnv } from '../support/service-process.ts';
import type { MutantName } from './mutants.ts';

/** The environment that makes a service run with a mutant; empty without one. */
export function mutantEnv(mutant: MutantName | undefined): ServiceEnv {
  if (mutant === undefined) return {};
  const loader = new URL('./load-mutant.ts', import.meta.url).href;
  return { NODE_OPTIONS: `--import ${loader}`, HOMELAB_MUTANT: mutant };
}
