const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Wrappers such as a shell forward a Ctrl-C that the terminal has already sent: this counts once. */
const sameInterruptionMs = 500;

/** Requests to a running command from the terminal or the system. */
export interface Interruption {
  /** Aborted by the first signal: stop in order. */
  readonly stop: AbortSignal;
  /** Aborted by a later signal: stop at once. */
  readonly kill: AbortSignal;
  /** Stops listening. */
  close(): void;
}

/** Listens for Ctrl-C, SIGTERM, and the closing of the terminal. */
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
