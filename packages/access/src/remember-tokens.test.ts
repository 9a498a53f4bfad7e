import { expect, test } from 'vitest';
import type { Principal } from './principal.ts';
import { rememberTokens } from './remember-tokens.ts';

function fixture(answer: () => Promise<Principal | undefined>) {
  let clock = 0;
  let asked = 0;
  const verify = rememberTokens(
    () => {
      asked += 1;
      return answer();
    },
    { forMs: 100, max: 2, now: () => clock },
  );
  return { verify, asked: () => asked, pass: (ms: number) => (clock += ms) };
}

const someone: Principal = { id: 'a', scopes: new Set(), expiresAtMs: null };

test('a valid token is looked up once, also by requests at the same time, until its time is over', async () => {
  const { verify, asked, pass } = fixture(async () => someone);
  await Promise.all([verify('t'), verify('t'), verify('t')]);
  expect(asked()).toBe(1);
  pass(100);
  await verify('t');
  expect(asked()).toBe(2);
});

test('a token that is not valid, and a failed look-up, are not remembered', async () => {
  const unknown = fixture(async () => undefined);
  await unknown.verify('t');
  await unknown.verify('t');
  expect(unknown.asked()).toBe(2);
  const failing = fixture(() => Promise.reject(new Error('down')));
  await expect(failing.verify('t')).rejects.toThrow('down');
  await expect(failing.verify('t')).rejects.toThrow('down');
  expect(failing.asked()).toBe(2);
});

test('a remembered token that expires is refused at once', async () => {
  const { verify, pass } = fixture(async () => ({
    ...someone,
    expiresAtMs: 50,
  }));
  expect(await verify('t')).toBeDefined();
  pass(50);
  expect(await verify('t')).toBeUndefined();
});

test('only so many tokens are remembered', async () => {
  const { verify, asked } = fixture(async () => someone);
  for (const token of ['a', 'b', 'c', 'a']) await verify(token);
  expect(asked()).toBe(4);
});
