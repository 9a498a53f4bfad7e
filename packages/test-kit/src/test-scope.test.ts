import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileScope } from './test-scope.ts';

const closed: string[] = [];
// Hooks of a file run in reverse order at its end, so this one is last.
afterAll(() => expect(closed).toEqual(['second', 'first']));
const file = fileScope(afterAll);

beforeAll(() => {
  file.onTestFinished(() => void closed.push('first'));
});

test('a fixture that a hook or a test opens in the scope of the file outlives the test', () => {
  file.onTestFinished(async () => void closed.push('second'));
  expect(closed).toEqual([]);
});
