import type { z } from 'zod';

/** The environment variables of the process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** One invalid environment variable. The sentence never contains the value. */
export interface ConfigProblem {
  readonly key: string;
  readonly sentence: string;
}

/** The environment is invalid; `problems` lists every bad key. */
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
 * Parses the environment variables of the schema into a typed, frozen object. An empty
 * variable counts as absent. Throws {@link ConfigError} that names every bad key, never a
 * value.
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
  // A schema's message may quote the value, which may be a secret.
  const reason = message.includes(value) ? 'it has the wrong format' : message;
  return {
    key,
    sentence: `Fix the environment variable ${key}: ${reason}.`,
  };
}
