import { expect, test } from 'vitest';
import { createLivenessClock } from './liveness-clock.ts';

const sessionExpiryMs = 1_000_000;

test('without an earlier session every message is live', () => {
  const clock = createLivenessClock({ sessionExpiryMs });
  clock.connected(5_000_000, false);
  expect(clock.received(5_000_001, 0)).toBeUndefined();
});

test('with an earlier session, messages may have waited as long as it lasts, until a silence', () => {
  const clock = createLivenessClock({ sessionExpiryMs });
  clock.connected(5_000_000, true);
  expect(clock.received(5_000_001, 4_999_000)).toBe(4_000_000);
  expect(clock.received(5_000_050, undefined)).toBe(4_000_000);
  expect(clock.received(5_000_200, 5_000_150)).toBe(4_000_000);
  expect(clock.received(5_000_400, 5_000_250)).toBeUndefined();
});

test('after a lost connection, messages may have waited since the last live one', () => {
  const clock = createLivenessClock({ sessionExpiryMs });
  clock.connected(5_000_000, false);
  clock.disconnected(6_000_000);
  clock.connected(7_000_000, true);
  expect(clock.received(7_000_001, 0)).toBe(6_000_000);
  // Cut again before it had caught up: the first cut still counts.
  clock.disconnected(7_500_000);
  clock.connected(8_000_000, true);
  expect(clock.received(8_000_001, 0)).toBe(6_000_000);
});

test('after a full window, silence counts from the last acknowledgement', () => {
  const clock = createLivenessClock({ sessionExpiryMs });
  clock.connected(5_000_000, false);
  expect(clock.received(5_100_000, 5_000_000)).toBeUndefined();
  clock.windowFull(5_100_000);
  // Kafka was away for ten minutes; then the first waiting message comes.
  expect(clock.received(5_700_001, 5_700_000)).toBe(5_100_000);
  expect(clock.received(5_700_300, 5_700_100)).toBeUndefined();
});
