import { readFile, stat } from 'node:fs/promises';
import type { Logger } from '@homelab/service-kit';
import { parse } from 'yaml';
import type { z } from 'zod';

/** What a file holds, or the sentence that says why it cannot be used. */
export type FileState<Content> =
  | { readonly content: Content; readonly reason: undefined }
  | { readonly content: undefined; readonly reason: string };

/** A file of settings that may change while we run: prices of tomorrow come every day. */
export interface SettingsFile<Content> {
  /** Its content; never rejects. */
  read(): Promise<FileState<Content>>;
}

const maxBytes = 20_000_000;

/**
 * Creates the reader of a file in YAML or JSON; it is parsed again when its time or size has
 * changed.
 *
 * @param what - the words for it in sentences: `tariff`
 * @param variable - the environment variable that names its path
 */
export function createSettingsFile<Schema extends z.ZodType>(deps: {
  what: string;
  variable: string;
  path: string | undefined;
  schema: Schema;
  logger: Logger;
}): SettingsFile<z.output<Schema>> {
  const { what, variable, path, schema, logger } = deps;
  type State = FileState<z.output<Schema>>;
  let known: { version: string; state: State } | undefined;

  async function parseFile(file: string, size: number): Promise<State> {
    if (size > maxBytes)
      return unusable(`The file of the ${what} is too large.`);
    let content: unknown;
    try {
      content = parse(await readFile(file, 'utf8'));
    } catch {
      return unusable(`The file of the ${what} is neither YAML nor JSON.`);
    }
    const result = schema.safeParse(content);
    if (result.success) return { content: result.data, reason: undefined };
    const problems = result.error.issues
      .slice(0, 5)
      .map(
        ({ path: keys, message }) => `${keys.join('.') || 'file'}: ${message}`,
      );
    return unusable(
      `The file of the ${what} is not valid: ${problems.join('; ')}.`,
    );
  }

  return {
    async read() {
      if (path === undefined)
        return unusable(`No ${what} is configured: set ${variable}.`);
      try {
        const { mtimeMs, size } = await stat(path);
        const version = `${mtimeMs} ${size}`;
        if (known?.version === version) return known.state;
        const state = await parseFile(path, size);
        if (state.reason !== undefined)
          logger.warn({ event: 'settings-unusable', variable }, state.reason);
        known = { version, state };
        return state;
      } catch {
        return unusable(`The file of the ${what} cannot be read.`);
      }
    },
  };
}

function unusable(reason: string) {
  return { content: undefined, reason };
}
