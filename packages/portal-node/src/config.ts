import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Configuration fields shared by several plugins. */
export const configFields = {
  text: z.string().trim().min(1),
  /** A switch; text when it comes from the environment. */
  flag: z.union([
    z.boolean(),
    z.enum(['true', 'false']).transform(word => word === 'true'),
  ]),
  wholeNumber: (min: number, max: number) =>
    z.coerce.number().int().min(min).max(max),
  port: z.coerce.number().int().min(1).max(65_535),
  /** The target of a link that a page shows. */
  link: z
    .string()
    .refine(
      isLink,
      'must be an http or https URL, or a path of the portal such as /docs',
    ),
};

// Browsers drop tabs and line breaks from an address and treat \\ as /.
const hiddenCharacters = /[\s\\\p{Cc}]/u;

/**
 * Whether a text is safe as a link: `javascript:` and the like would run with the
 * reader's rights.
 */
function isLink(text: string): boolean {
  if (hiddenCharacters.test(text)) return false;
  if (/^\/(?!\/)/.test(text)) return true;
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/**
 * Parses a section of the configuration; an absent section counts as empty.
 * @throws InputError that names every bad key, and never a value
 */
export function parseConfig<S extends z.ZodType>(
  schema: S,
  root: Config,
  section: string,
): z.output<S> {
  return parseSection(schema, root.getOptional(section) ?? {}, section);
}

/** {@link parseConfig} for a value already read, such as a list item. */
export function parseSection<S extends z.ZodType>(
  schema: S,
  value: unknown,
  section: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badConfig(
    result.error.issues.map(
      ({ path, message }) => `${[section, ...path].join('.')}: ${message}`,
    ),
  );
}

/** The error for bad keys, with what is wrong with each. */
export function badConfig(problems: readonly string[]): InputError {
  return new InputError(
    `app-config is not valid. Fix these keys: ${problems.join('; ')}`,
  );
}

/** Whether an action is switched on. An invalid switch counts as off. */
export function isSwitchedOn(root: Config, key: string): boolean {
  const parsed = configFields.flag.safeParse(root.getOptional(key) ?? false);
  return parsed.success && parsed.data;
}

/**
 * Refuses keys of an older version, which would otherwise be silently ignored.
 * @param moved where each key is now, by the old key
 * @throws InputError that names every old key found and its new one
 */
export function refuseMovedKeys(
  root: Config,
  moved: Readonly<Record<string, string>>,
): void {
  const found = Object.entries(moved).filter(([old]) => root.has(old));
  if (found.length === 0) return;
  throw new InputError(
    `app-config has keys that moved. Rename them: ${found
      .map(([old, key]) => `${old} is now ${key}`)
      .join('; ')}`,
  );
}
