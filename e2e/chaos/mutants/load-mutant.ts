import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyMutant, isMutantName, mutants } from './mutants.ts';

/*
 * Loaded with `node --import` before the program: replaces one place in one of its files. The
 * program itself is not aware of it.
 */
const name = process.env.HOMELAB_MUTANT;
if (!isMutantName(name)) {
  throw new Error(
    `HOMELAB_MUTANT must be one of ${Object.keys(mutants).join(', ')}.`,
  );
}
const mutant = mutants[name];
const path = join(import.meta.dirname, '../../..', mutant.file);
const url = pathToFileURL(path).href;
// Immediately, not when the file is loaded: a missing place ends the program.
const source = applyMutant(mutant, readFileSync(path, 'utf8'));

registerHooks({
  load(loaded, context, nextLoad) {
    if (loaded !== url) return nextLoad(loaded, context);
    process.stdout.write(
      `${JSON.stringify({ event: 'mutant-loaded', name })}\n`,
    );
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
