import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';

test('gives the value of the first call that does not throw', async () => {
  let calls = 0;
  const value = await eventually(
    () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return calls;
    },
    { intervalMs: 1 },
  );
  expect(value).toBe(3);
});

test('throws after the deadline with the last failure', async () => {
  const last = new Error('two rows');
  const failing = eventually(() => Promise.reject(last), {
    timeoutMs: 20,
    intervalMs: 5,
  });
  await expect(failing).rejects.toMatchObject({
    message: 'Still failing after 20 ms: two rows',
    cause: last,
  });
});
