import { expect, test } from 'vitest';
import { z } from 'zod';
import { envField } from './env-fields.ts';
import { ConfigError, parseEnv } from './env.ts';

function problemsOf(schema: z.ZodObject, env: Record<string, string>) {
  try {
    parseEnv(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The environment was accepted.');
}

test('returns typed, frozen values and ignores variables outside the schema', () => {
  const config = parseEnv(
    z.object({ PORT: envField.port(), WAIT: envField.durationMs() }),
    { PORT: '8080', WAIT: '30s', HOME: '/root' },
  );
  expect(config).toEqual({ PORT: 8080, WAIT: 30_000 });
  expect(Object.isFrozen(config)).toBe(true);
});

test('lists every bad key once, missing ones too', () => {
  const schema = z.object({
    PORT: envField.port(),
    WAIT: envField.durationMs(),
    NAME: envField.text(),
  });
  const error = problemsOf(schema, { PORT: '99999', WAIT: 'soon' });
  expect(error.problems.map(({ key }) => key).toSorted()).toEqual([
    'NAME',
    'PORT',
    'WAIT',
  ]);
  expect(error.message).toContain(
    'Set the environment variable NAME: it is missing.',
  );
});

test('an empty variable counts as absent', () => {
  const schema = z.object({ NAME: envField.text().default('fallback') });
  expect(parseEnv(schema, { NAME: '' })).toEqual({ NAME: 'fallback' });
});

test('never prints a value, even when the schema quotes it', () => {
  const schema = z.object({
    TOKEN: z.string().superRefine((value, context) => {
      context.addIssue(`no such token: ${value}`);
    }),
  });
  const error = problemsOf(schema, { TOKEN: 'hunter2' });
  expect(error.message).not.toContain('hunter2');
  expect(error.message).toContain('TOKEN');
});
