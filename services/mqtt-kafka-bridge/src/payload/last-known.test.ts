import { expect, test } from 'vitest';
import { createLastKnown } from './last-known.ts';

test('remembers no more devices than allowed, the longest silent goes first', () => {
  const lastKnown = createLastKnown({ ttlMs: 1000, maxDevices: 2 });
  lastKnown.merge('a', { temperature: 1 }, 0);
  lastKnown.merge('b', { temperature: 2 }, 1);
  lastKnown.merge('a', { humidity: 3 }, 2);
  lastKnown.merge('c', { temperature: 4 }, 3);
  expect(['a', 'b', 'c'].filter(lastKnown.knows)).toEqual(['a', 'c']);
  expect(lastKnown.merge('a', {}, 4)).toEqual({ temperature: 1, humidity: 3 });
});
