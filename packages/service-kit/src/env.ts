import type { z } from 'zod';

/** Environment variables as the process got them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** One wrong environment variable. The sentence never holds the value. */
export interface ConfigProblem {
  readonly key: string;
  readonly sentence: string;
}

/** The environment is not what the process needs; `problems` lists every wrong key. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly retryable = false;
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(problem => problem.sentence).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the environment variables that the schema names and gives them typed and
 * frozen. An empty variable counts as absent.
 * Throws {@link ConfigError} that names every bad key, never a value.
 */
export function parseEnv<Schema extends z.ZodObject>(
  schema: Schema,
  env: Env,
): Readonly<z.output<Schema>> {
  const given: Record<string, string> = {};
  for (const key of Object.keys(schema.shape)) {
    const value = env[key];
    if (value !== undefined && value !== '') given[key] = value;
  }
  const result = schema.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const problems = new Map<string, ConfigProblem>();
  for (const issue of result.error.issues) {
    const key = String(issue.path[0] ?? 'environment');
    if (!problems.has(key)) {
      problems.set(key, problemOf(key, issue.message, given[key]));
    }
  }
  throw new ConfigError([...problems.values()]);
}

function problemOf(
  key: string,
  message: string,
  value: string | undefined,
): ConfigProblem {
  if (value === undefined) {
    return {
      key,
      sentence: `Set the environment variable ${key}: it is missing.`,
    };
  }
  // A message written by a schema may quote what it was given; that may be a secret.
  const reason = message.includes(value) ? 'it has a wrong form' : message;
  return {
    key,
    sentence: `Mend the environment variable ${key}: ${reason}.`,
  };
}
