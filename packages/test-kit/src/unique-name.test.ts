import { expect, test } from 'vitest';
import { uniqueName } from './unique-name.ts';

test('names begin with the prefix and do not repeat', () => {
  const names = Array.from({ length: 1_000 }, () => uniqueName('topic'));
  expect(new Set(names).size).toBe(1_000);
  for (const name of names) expect(name).toMatch(/^topic-[0-9a-f]{12}$/);
});
