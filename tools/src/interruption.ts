const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Wrappers such as a shell pass a Ctrl-C on that the terminal already sent: that is still one. */
const sameInterruptionMs = 500;

/** What the person at the terminal, or the system, asks of a running command. */
export interface Interruption {
  /** Given with the first signal: stop in order. */
  readonly stop: AbortSignal;
  /** Given with a later signal: stop at once. */
  readonly kill: AbortSignal;
  /** Listens no more. */
  close(): void;
}

/** Listens for Ctrl-C, a request to end, and the closing of the terminal. */
export function listenForInterruption(
  onStop: () => void = () => {},
): Interruption {
  const stop = new AbortController();
  const kill = new AbortController();
  let firstAtMs = 0;
  const listener = () => {
    const now = Date.now();
    if (!stop.signal.aborted) {
      firstAtMs = now;
      onStop();
      stop.abort();
    } else if (now - firstAtMs > sameInterruptionMs) {
      kill.abort();
    }
  };
  for (const name of signals) process.on(name, listener);
  return {
    stop: stop.signal,
    kill: kill.signal,
    close: () => {
      for (const name of signals) process.off(name, listener);
    },
  };
}
