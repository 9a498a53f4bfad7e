import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { homelabFolder } from './folders.ts';
import { HomelabError, systemCodeOf } from './homelab-error.ts';
import { largestPortOffset } from './ports.ts';

// Keeps the settings of a newer version when this one writes the file.
const settingsSchema = z.looseObject({
  /** Added to every port of this checkout. */
  portOffset: z.number().int().min(0).max(largestPortOffset).default(0),
});

/** What a checkout remembers from one `up` to the next. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings file of a checkout. */
function settingsFile(root: string): string {
  return join(homelabFolder(root), 'settings.json');
}

/**
 * The settings of a checkout; the defaults when it has none.
 * @throws HomelabError `broken-settings` naming the file and what is wrong in it
 */
export function readSettings(root: string): Settings {
  const path = settingsFile(root);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return settingsSchema.parse({});
    throw error;
  }
  return parseSettings(text, path);
}

/** The pure part of `readSettings`. */
export function parseSettings(text: string, path: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken(path, 'it is not JSON', error);
  }
  const parsed = settingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue =>
    issue.path.length > 0
      ? `${issue.path.join('.')}: ${issue.message}`
      : issue.message,
  );
  throw broken(path, problems.join('; '), parsed.error);
}

/** Stores settings, replacing the whole file at once. */
export function writeSettings(root: string, settings: Settings): void {
  const path = settingsFile(root);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

function broken(path: string, why: string, cause: unknown): HomelabError {
  return new HomelabError(
    'broken-settings',
    `The settings file ${path} cannot be used: ${why}. Correct it, or delete it to get the defaults.`,
    { cause },
  );
}
