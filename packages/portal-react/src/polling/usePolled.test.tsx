import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { usePolled } from './usePolled';
import type { PollPace } from './usePolled';
import { useRefresh } from './useRefresh';

const pace: PollPace = { everyMs: 5_000, slowestMs: 60_000, requestMs: 10_000 };
const serverAheadMs = 3_000;

let hidden = false;

function setUp() {
  const fetchApi = mockApis.fetch();
  const ask = jest.fn(async (_signal: AbortSignal) => ({
    now: new Date(Date.now() + serverAheadMs).toISOString(),
  }));
  const wrapper = (props: { children: ReactNode }) => (
    <TestApiProvider apis={[[fetchApiRef, fetchApi]]}>
      {props.children}
    </TestApiProvider>
  );
  const look = () =>
    renderHook(
      () =>
        usePolled(
          {
            key: ['test', 'targets'],
            ask,
            serverTimeOf: ({ now }) => now,
            pace,
          },
          { staleAfterMs: 20_000 },
        ),
      { wrapper },
    );
  const refresh = () =>
    renderHook(() => useRefresh(), { wrapper }).result.current;
  return { ask, look, refresh };
}

const advance = (durationMs: number) =>
  act(() => jest.advanceTimersByTimeAsync(durationMs));

async function show(isSeen: boolean) {
  hidden = !isSeen;
  await act(async () => {
    window.dispatchEvent(new Event('visibilitychange'));
  });
}

beforeEach(() => {
  hidden = false;
  jest.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  jest
    .spyOn(document, 'visibilityState', 'get')
    .mockImplementation(() => (hidden ? 'hidden' : 'visible'));
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it('requests once for all views, then at its pace, and stops with the last view', async () => {
  const { ask, look } = setUp();
  const views = [look(), look()];
  await advance(0);
  expect(ask).toHaveBeenCalledTimes(1);
  await advance(pace.everyMs);
  expect(ask).toHaveBeenCalledTimes(2);
  for (const view of views) view.unmount();
  await advance(10 * pace.slowestMs);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('measures ages by the clock of the backend', async () => {
  const { ask, look } = setUp();
  const { result } = look();
  await advance(0);
  expect(result.current).toMatchObject({ ageMs: 0, stale: false });
  expect(result.current.clockOffsetMs).toBe(serverAheadMs);
  ask.mockRejectedValue(new Error('offline'));
  await advance(21_000);
  expect(result.current.stale).toBe(true);
  expect(result.current.ageMs).toBeGreaterThan(20_000);
  expect(result.current.nowMs).toBe(Date.now() + serverAheadMs);
});

it('keeps the last answer with the error, and backs off', async () => {
  const { ask, look } = setUp();
  const { result } = look();
  await advance(0);
  ask.mockRejectedValue(new Error('offline'));
  await advance(pace.everyMs);
  expect(result.current.error?.message).toBe('offline');
  expect(result.current.answer).toBeDefined();
  expect(ask).toHaveBeenCalledTimes(2);
  await advance(2 * pace.everyMs - 1);
  expect(ask).toHaveBeenCalledTimes(2);
  await advance(1);
  expect(ask).toHaveBeenCalledTimes(3);
  ask.mockClear();
  await advance(10 * pace.slowestMs);
  expect(ask.mock.calls.length).toBeLessThan(14);
  expect(result.current.ageMs).toBeGreaterThan(9 * pace.slowestMs);
});

it('clears the error with the next success', async () => {
  const { ask, look } = setUp();
  ask.mockRejectedValueOnce(new Error('offline'));
  const { result } = look();
  await advance(0);
  expect(result.current.error?.message).toBe('offline');
  expect(result.current.answer).toBeUndefined();
  await advance(2 * pace.everyMs);
  expect(result.current.error).toBeUndefined();
  expect(result.current.answer).toBeDefined();
});

it('refreshes on request, also after failures', async () => {
  const { ask, look } = setUp();
  const { result } = look();
  await advance(0);
  ask.mockRejectedValue(new Error('offline'));
  await advance(10 * pace.slowestMs);
  ask.mockClear();
  ask.mockResolvedValue({ now: new Date().toISOString() });
  await act(async () => result.current.refresh());
  await advance(0);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(result.current.error).toBeUndefined();
});

it('is refreshed by its key and by the beginning of it, and by no other', async () => {
  const { ask, look, refresh } = setUp();
  look();
  await advance(0);
  for (const key of [['test', 'targets'], ['test'], ['other']]) {
    refresh()({ key });
    await advance(0);
  }
  expect(ask).toHaveBeenCalledTimes(3);
});

it('does not poll while the page is hidden, and polls at once when it becomes visible', async () => {
  const { ask, look } = setUp();
  look();
  await advance(0);
  await show(false);
  await advance(10 * 60_000);
  expect(ask).toHaveBeenCalledTimes(1);
  await show(true);
  await advance(0);
  expect(ask).toHaveBeenCalledTimes(2);
  await advance(pace.everyMs);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('cancels a request that is not answered in time', async () => {
  const { ask, look } = setUp();
  ask.mockImplementation(
    signal =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  const { result } = look();
  await advance(pace.requestMs);
  expect(result.current.error?.message).toContain('did not answer in time');
});
