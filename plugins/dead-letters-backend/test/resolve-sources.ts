import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Lets Node run the sources of plugins, whose imports have no file extension. For processes
 * that tests start; load it with `--import`.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && context.parentURL !== undefined) {
      for (const ending of ['.ts', '/index.ts']) {
        const url = new URL(`${specifier}${ending}`, context.parentURL).href;
        if (existsSync(fileURLToPath(url))) return next(url, context);
      }
    }
    return next(specifier, context);
  },
});
