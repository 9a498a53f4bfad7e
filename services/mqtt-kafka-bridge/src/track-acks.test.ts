import { seededRandom } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { createAckTracker } from './track-acks.ts';

function released<T>(tracker: {
  release(take: (entry: T) => void): void;
}): T[] {
  const entries: T[] = [];
  tracker.release(entry => entries.push(entry));
  return entries;
}

test('releases the finished entries at the front and keeps those after a gap', () => {
  const tracker = createAckTracker<string>();
  const [a, b, c] = ['a', 'b', 'c'].map(entry => tracker.add(entry));
  tracker.finish(c!);
  tracker.finish(b!);
  expect(released(tracker)).toEqual([]);
  expect(tracker.oldest()).toBe('a');
  tracker.finish(a!);
  expect(released(tracker)).toEqual(['a', 'b', 'c']);
  expect(tracker.size).toBe(0);
  expect(tracker.oldest()).toBeUndefined();
});

test('ignores a message finished twice or long after its release', () => {
  const tracker = createAckTracker<string>();
  const a = tracker.add('a');
  tracker.finish(a);
  expect(released(tracker)).toEqual(['a']);
  tracker.add('b');
  tracker.finish(a);
  expect(released(tracker)).toEqual([]);
});

test('keeps the order of arrival whatever the order of finishing', () => {
  const random = seededRandom(20_260_112);
  const tracker = createAckTracker<number>();
  const open = new Set<number>();
  const out: number[] = [];
  let next = 0;
  while (out.length < 20_000) {
    if (next < 20_000 && random.next() < 0.5) {
      open.add(tracker.add(next));
      next += 1;
    }
    const pick = [...open].slice(0, 8)[random.integer(0, 7)];
    if (pick !== undefined) {
      open.delete(pick);
      tracker.finish(pick);
    }
    tracker.release(entry => out.push(entry));
    expect(tracker.size).toBeLessThanOrEqual(next - out.length);
  }
  expect(out).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
});
