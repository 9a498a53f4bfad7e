import { readFile, stat } from 'node:fs/promises';
import type { Logger } from '@homelab/service-kit';
import { parse } from 'yaml';
import type { Tariff } from './tariff.ts';
import { tariffSchema } from './tariff.ts';

/** A tariff, or the sentence that says why there is none. */
export type TariffState =
  | { readonly tariff: Tariff; readonly reason: undefined }
  | { readonly tariff: undefined; readonly reason: string };

/** The tariff of a file, which may change while we run: prices of tomorrow come every day. */
export interface TariffFile {
  read(): Promise<TariffState>;
}

const maxBytes = 20_000_000;

/** Creates the reader of a file; it is parsed again when its time or size has changed. */
export function createTariffFile(deps: {
  path: string | undefined;
  logger: Logger;
}): TariffFile {
  const { path, logger } = deps;
  let known: { version: string; state: TariffState } | undefined;
  return {
    async read() {
      if (path === undefined)
        return missing('No tariff is configured: set API_TARIFF_FILE.');
      try {
        const { mtimeMs, size } = await stat(path);
        const version = `${mtimeMs} ${size}`;
        if (known?.version === version) return known.state;
        const state = await parseFile(path, size);
        if (state.reason !== undefined)
          logger.warn({ event: 'tariff-unusable' }, state.reason);
        known = { version, state };
        return state;
      } catch {
        return missing('The file of the tariff cannot be read.');
      }
    },
  };
}

async function parseFile(path: string, size: number): Promise<TariffState> {
  if (size > maxBytes) return missing('The file of the tariff is too large.');
  let content: unknown;
  try {
    content = parse(await readFile(path, 'utf8'));
  } catch {
    return missing('The file of the tariff is neither YAML nor JSON.');
  }
  const result = tariffSchema.safeParse(content);
  if (result.success) return { tariff: result.data, reason: undefined };
  const problems = result.error.issues
    .slice(0, 5)
    .map(
      ({ path: keys, message }) => `${keys.join('.') || 'file'}: ${message}`,
    );
  return missing(`The tariff is not valid: ${problems.join('; ')}.`);
}

function missing(reason: string): TariffState {
  return { tariff: undefined, reason };
}
