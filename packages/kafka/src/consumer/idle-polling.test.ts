import RequestQueue from '@homelab/kafkajs/src/network/requestQueue/index.js';
import { expect, test, vi } from 'vitest';
import { stopIdlePolling } from './idle-polling.ts';

test('an empty request queue schedules no check, one with pending requests does', t => {
  vi.useFakeTimers();
  t.onTestFinished(() => void vi.useRealTimers());
  stopIdlePolling();
  stopIdlePolling();
  const queue = new RequestQueue({
    maxInFlightRequests: 0,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'c',
    broker: 'b:1',
    logger: { debug() {} },
  });
  queue.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
  queue.pending.push({});
  queue.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(1);
  queue.destroy();
});
