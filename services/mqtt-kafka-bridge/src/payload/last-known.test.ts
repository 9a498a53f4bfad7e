import { expect, test } from 'vitest';
import { heapGrowthBytes } from '../../test/bridge-fixtures.ts';
import { createLastKnown } from './last-known.ts';

test('remembers what fits and evicts the device silent longest', () => {
  const lastKnown = createLastKnown({ ttlMs: 1000, maxBytes: 800 });
  lastKnown.merge('a', { temperature: 1 }, 0);
  lastKnown.merge('b', { temperature: 2 }, 1);
  lastKnown.merge('a', { humidity: 3 }, 2);
  lastKnown.merge('c', { temperature: 4 }, 3);
  expect(['a', 'b', 'c'].filter(lastKnown.knows)).toEqual(['a', 'c']);
  expect(lastKnown.merge('a', {}, 4)).toEqual({ temperature: 1, humidity: 3 });
});

test('endless new devices with long names stay within 12 MiB', () => {
  const lastKnown = createLastKnown({ ttlMs: 3_600_000 });
  const grownBytes = heapGrowthBytes(() => {
    for (let device = 0; device < 4_000; device += 1) {
      // As long as a payload allows; parsed anew, as a name from a message is.
      const name = Buffer.alloc(50_000, `shelly-${device}-`).toString();
      lastKnown.merge(name, { temperature: 20, humidity: 40 }, device);
    }
  });
  expect(grownBytes).toBeLessThan(12 * 1024 * 1024);
});
