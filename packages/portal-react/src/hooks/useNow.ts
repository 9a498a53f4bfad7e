import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

type Listener = (nowMs: number) => void;

interface Clock {
  readonly listeners: Set<Listener>;
  stop(): void;
}

/** One for each interval, so that everything that shows the time changes in one rendering. */
const clocks = new Map<number, Clock>();

function startClock(everyMs: number): Clock {
  const listeners = new Set<Listener>();
  const timer = setInterval(() => {
    if (document.hidden) return;
    const nowMs = Date.now();
    for (const listener of listeners) listener(nowMs);
  }, everyMs);
  const stop = () => {
    clearInterval(timer);
    clocks.delete(everyMs);
  };
  return { listeners, stop };
}

/** Calls the listener every `everyMs` while the page is visible; returns what ends that. */
function onTick(everyMs: number, listener: Listener): () => void {
  const clock = clocks.get(everyMs) ?? startClock(everyMs);
  clocks.set(everyMs, clock);
  clock.listeners.add(listener);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size === 0) clock.stop();
  };
}

/** The browser's time in milliseconds, updated every `everyMs` while the page is visible. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => onTick(everyMs, setNowMs), [everyMs]);
  return nowMs;
}

/**
 * What follows from the browser's time, such as the words of an age. Looked at every `everyMs` while
 * the page is visible, and rendered again only when it changes.
 */
export function useFromNow<T extends string | number | boolean>(
  everyMs: number,
  valueAt: (nowMs: number) => T,
): T {
  const subscribe = useCallback(
    (listener: () => void) => onTick(everyMs, listener),
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => valueAt(Date.now()));
}
