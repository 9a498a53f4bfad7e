import { createHealthStore, pollMs } from './createHealthStore';
import type { Visibility } from './createHealthStore';
import { createTarget } from '../testing/health';

function createPage() {
  const listeners = new Set<() => void>();
  const page = {
    hidden: false,
    addEventListener: (_type: string, listener: () => void) =>
      listeners.add(listener),
    removeEventListener: (_type: string, listener: () => void) =>
      listeners.delete(listener),
  };
  return {
    visibility: page as unknown as Visibility,
    listeners,
    show(hidden: boolean) {
      page.hidden = hidden;
      for (const listener of listeners) listener();
    },
  };
}

function setUp() {
  const page = createPage();
  const getTargets = jest.fn(async () => ({
    now: '2026-01-12T06:31:00.000Z',
    targets: [createTarget()],
  }));
  const store = createHealthStore({
    api: { getTargets },
    visibility: page.visibility,
    now: () => Date.parse('2026-01-12T06:30:50.000Z'),
  });
  return { page, getTargets, store };
}

const advance = (durationMs: number) =>
  jest.advanceTimersByTimeAsync(durationMs);

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('asks once for all subscribers, then every five seconds, and stops with the last', async () => {
  const { store, getTargets, page } = setUp();
  const leave = [store.subscribe(() => {}), store.subscribe(() => {})];
  await advance(0);
  expect(getTargets).toHaveBeenCalledTimes(1);
  await advance(pollMs.visible);
  expect(getTargets).toHaveBeenCalledTimes(2);
  for (const stop of leave) stop();
  await advance(10 * pollMs.slowest);
  expect(getTargets).toHaveBeenCalledTimes(2);
  expect(page.listeners.size).toBe(0);
});

it('tells the clock of the backend from that of the browser', async () => {
  const { store } = setUp();
  store.subscribe(() => {});
  await advance(0);
  expect(store.snapshot()).toMatchObject({ clockOffsetMs: 10_000 });
  expect(store.snapshot().targets).toHaveLength(1);
});

it('keeps the last answer when the next question fails, and asks ever less often', async () => {
  const { store, getTargets } = setUp();
  store.subscribe(() => {});
  await advance(0);
  getTargets.mockRejectedValue(new Error('offline'));
  await advance(pollMs.visible);
  expect(store.snapshot()).toMatchObject({ error: new Error('offline') });
  expect(store.snapshot().targets).toHaveLength(1);
  expect(getTargets).toHaveBeenCalledTimes(2);
  await advance(2 * pollMs.visible - 1);
  expect(getTargets).toHaveBeenCalledTimes(2);
  await advance(1);
  expect(getTargets).toHaveBeenCalledTimes(3);
});

it('asks less often while the page is hidden and at once when it is seen', async () => {
  const { store, getTargets, page } = setUp();
  store.subscribe(() => {});
  page.show(true);
  await advance(0);
  await advance(10 * 60_000);
  const whileHidden = getTargets.mock.calls.length;
  expect(whileHidden).toBeLessThan(20);
  page.show(false);
  await advance(0);
  expect(getTargets).toHaveBeenCalledTimes(whileHidden + 1);
  await advance(pollMs.visible);
  expect(getTargets).toHaveBeenCalledTimes(whileHidden + 2);
});

it('gives up a question that is not answered in time', async () => {
  const { store, getTargets } = setUp();
  getTargets.mockImplementation(
    ((options?: { signal?: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () =>
          reject(options.signal?.reason),
        );
      })) as unknown as () => Promise<never>,
  );
  store.subscribe(() => {});
  await advance(pollMs.request);
  expect(store.snapshot().error?.message).toContain('did not answer in time');
});
