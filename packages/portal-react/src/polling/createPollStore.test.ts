import { createPollStore } from './createPollStore';
import type { PollPace, Visibility } from './createPollStore';

const pace: PollPace = { everyMs: 5_000, slowestMs: 60_000, requestMs: 10_000 };

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

function setUp(changes: Partial<PollPace> = {}) {
  const page = createPage();
  const ask = jest.fn(async (_signal: AbortSignal) => ({
    now: '2026-01-12T06:31:00.000Z',
    targets: ['sink'],
  }));
  const store = createPollStore({
    ask,
    pace: { ...pace, ...changes },
    visibility: page.visibility,
    now: () => Date.parse('2026-01-12T06:30:50.000Z'),
  });
  return { page, ask, store };
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
  const { store, ask, page } = setUp();
  const leave = [store.subscribe(() => {}), store.subscribe(() => {})];
  await advance(0);
  expect(ask).toHaveBeenCalledTimes(1);
  await advance(pace.everyMs);
  expect(ask).toHaveBeenCalledTimes(2);
  for (const stop of leave) stop();
  await advance(10 * pace.slowestMs);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(page.listeners.size).toBe(0);
});

it('tells the clock of the backend from that of the browser', async () => {
  const { store } = setUp();
  store.subscribe(() => {});
  await advance(0);
  expect(store.snapshot()).toMatchObject({ clockOffsetMs: 10_000 });
  expect(store.snapshot().answer?.targets).toHaveLength(1);
});

it('keeps the last answer when the next question fails, and asks ever less often', async () => {
  const { store, ask } = setUp();
  store.subscribe(() => {});
  await advance(0);
  ask.mockRejectedValue(new Error('offline'));
  await advance(pace.everyMs);
  expect(store.snapshot()).toMatchObject({ error: new Error('offline') });
  expect(store.snapshot().answer?.targets).toHaveLength(1);
  expect(ask).toHaveBeenCalledTimes(2);
  await advance(2 * pace.everyMs - 1);
  expect(ask).toHaveBeenCalledTimes(2);
  await advance(1);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('asks less often while the page is hidden and at once when it is seen', async () => {
  const { store, ask, page } = setUp();
  store.subscribe(() => {});
  page.show(true);
  await advance(0);
  await advance(10 * 60_000);
  const whileHidden = ask.mock.calls.length;
  expect(whileHidden).toBeLessThan(20);
  page.show(false);
  await advance(0);
  expect(ask).toHaveBeenCalledTimes(whileHidden + 1);
  await advance(pace.everyMs);
  expect(ask).toHaveBeenCalledTimes(whileHidden + 2);
});

it('asks nothing while the page is hidden when told so, and at once when it is seen', async () => {
  const { store, ask, page } = setUp({ stopsWhenHidden: true });
  store.subscribe(() => {});
  await advance(0);
  page.show(true);
  await advance(10 * 60_000);
  expect(ask).toHaveBeenCalledTimes(1);
  page.show(false);
  await advance(pace.everyMs);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('gives up a request that is not answered in time', async () => {
  const { store, ask } = setUp();
  ask.mockImplementation(
    signal =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  store.subscribe(() => {});
  await advance(pace.requestMs);
  expect(store.snapshot().error?.message).toContain('did not answer in time');
});
