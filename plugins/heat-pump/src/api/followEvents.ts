import { fetchEventSource } from '@microsoft/fetch-event-source';

/** Without a sign of life for this long a connection counts as dead. */
const silenceMs = 40_000;
const minWaitMs = 500;
const maxWaitMs = 15_000;

/** One event of the stream; a heartbeat has neither name nor body. */
export interface StreamEvent {
  name: string;
  body: string;
}

interface Options {
  url: string;
  fetch: typeof fetch;
  /** Gives the error for an answer that is no stream. */
  toError(response: Response): Promise<Error>;
  /** Whether trying again may help. */
  isFinal(error: Error): boolean;
  onOpen(): void;
  onEvent(event: StreamEvent): void;
  /** The connection broke or could not be made; tried again unless `final`. */
  onBroken(error: Error, final: boolean): void;
  random?: () => number;
}

/**
 * Reads server-sent events over `fetch`, which can carry the user's token where
 * EventSource cannot. Connects again at once after an orderly end, and with growing,
 * scattered waits after failures. Gives a function that ends it.
 */
export function followEvents(options: Options): () => void {
  const { random = Math.random } = options;
  const ended = new AbortController();
  let waitMs = minWaitMs;

  async function connectOnce(): Promise<void> {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    ended.signal.addEventListener('abort', end);
    let silence: ReturnType<typeof setTimeout> | undefined;
    let silent = false;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        silent = true;
        attempt.abort();
      }, silenceMs);
    };
    listen();
    try {
      await fetchEventSource(options.url, {
        fetch: options.fetch,
        signal: attempt.signal,
        async onopen(response) {
          const type = response.headers.get('content-type') ?? '';
          if (!response.ok || !type.startsWith('text/event-stream')) {
            throw await options.toError(response);
          }
          waitMs = minWaitMs;
          listen();
          options.onOpen();
        },
        onmessage(message) {
          listen();
          options.onEvent({ name: message.event, body: message.data });
        },
        onerror(error) {
          // Trying again is ours, for the library would do it for ever and at one pace.
          throw error;
        },
      });
      if (silent)
        throw new Error('The portal has not answered for 40 seconds.');
    } finally {
      clearTimeout(silence);
      ended.signal.removeEventListener('abort', end);
    }
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      try {
        await connectOnce();
        if (ended.signal.aborted) return;
        await pause(minWaitMs * random(), ended.signal);
      } catch (thrown) {
        if (ended.signal.aborted) return;
        const error =
          thrown instanceof Error ? thrown : new Error(String(thrown));
        const final = options.isFinal(error);
        options.onBroken(error, final);
        if (final) return;
        await pause(waitMs * (0.5 + random() / 2), ended.signal);
        waitMs = Math.min(waitMs * 2, maxWaitMs);
      }
    }
  }

  void run();
  return () => ended.abort();
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, waitMs);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
