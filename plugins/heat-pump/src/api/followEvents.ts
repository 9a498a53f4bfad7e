import { createParser } from 'eventsource-parser';

/** A connection without any data for this long is considered dead. */
const silenceMs = 40_000;
const minWaitMs = 500;
const maxWaitMs = 15_000;

/** Limit of one event, in characters: far more than a snapshot of a full house. */
const maxEventLength = 4 * 1024 * 1024;

/** One event of the stream; heartbeats are comments, not events. */
export interface StreamEvent {
  name: string;
  body: string;
}

/** The part of `document` that reports whether the page is visible. */
export interface Visibility {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

interface Options {
  url: string;
  fetch: typeof fetch;
  /** Returns the error for a response that is not OK. */
  toError(response: Response): Promise<Error>;
  /** Whether retrying is pointless. */
  isFinal(error: Error): boolean;
  /** Called for each event; throws for one that it cannot parse. */
  onEvent(event: StreamEvent): void;
  /** The first event of a connection was received. */
  onOpen(): void;
  /** The connection broke or failed; retried unless `final`. */
  onBroken(error: Error, final: boolean): void;
  visibility?: Visibility;
  random?: () => number;
}

/**
 * Reads server-sent events over `fetch`, which can send the user's token while
 * EventSource cannot. Reconnects with exponential backoff and jitter, which resets only after
 * a connection that delivered an event and outlasted the previous wait. A hidden page is not
 * connected. Returns a function that stops it.
 */
export function followEvents(options: Options): () => void {
  const { random = Math.random, visibility = document } = options;
  const ended = new AbortController();

  async function run(): Promise<void> {
    let waitMs = minWaitMs;
    while (!ended.signal.aborted) {
      await untilShown(visibility, ended.signal);
      const shown = whileShown(visibility, ended.signal);
      const startedMs = Date.now();
      const { heard, error } = await connect(options, shown.signal);
      if (heard && Date.now() - startedMs > waitMs) waitMs = minWaitMs;
      if (error !== undefined && !shown.signal.aborted) {
        const final = options.isFinal(error);
        options.onBroken(error, final);
        if (final) ended.abort();
      }
      await pause(waitMs * (0.5 + random() / 2), shown.signal);
      waitMs = Math.min(waitMs * 2, maxWaitMs);
      shown.release();
    }
  }

  void run();
  return () => ended.abort();
}

/** One connection from its request to its end. Never rejects: a failure is part of its result. */
async function connect(
  options: Options,
  signal: AbortSignal,
): Promise<{ heard: boolean; error?: Error }> {
  const attempt = new AbortController();
  const giveUp = () => attempt.abort();
  signal.addEventListener('abort', giveUp);
  let isSilent = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      isSilent = true;
      attempt.abort();
    }, silenceMs);
  };
  let heard = false;
  const onEvent = (event: StreamEvent) => {
    options.onEvent(event);
    if (!heard) options.onOpen();
    heard = true;
  };
  try {
    if (signal.aborted) attempt.abort();
    listen();
    const response = await options.fetch(options.url, {
      headers: { accept: 'text/event-stream' },
      signal: attempt.signal,
    });
    const body = await streamOf(response, options);
    await readEvents(body, attempt.signal, { onChunk: listen, onEvent });
    if (isSilent) return { heard, error: silentError() };
    return heard ? { heard } : { heard, error: endedEarlyError() };
  } catch (thrown) {
    if (isSilent) return { heard, error: silentError() };
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { heard, error };
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', giveUp);
    // An unreadable event leaves the response open.
    attempt.abort();
  }
}

function silentError(): Error {
  return new Error('The portal has not answered for 40 seconds.');
}

function endedEarlyError(): Error {
  return new Error('The portal ended the live stream before its first event.');
}

async function streamOf(
  response: Response,
  { toError }: Pick<Options, 'toError'>,
): Promise<ReadableStream<Uint8Array>> {
  if (!response.ok) throw await toError(response);
  const type = response.headers.get('content-type') ?? 'nothing';
  if (response.body === null || !type.startsWith('text/event-stream')) {
    void response.body?.cancel();
    throw new Error(
      `The portal answered with ${type} instead of a live stream. Check for a proxy between the browser and the portal.`,
    );
  }
  return response.body;
}

/** Reads until the end of the stream or until the signal aborts. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  listener: { onChunk(): void; onEvent(event: StreamEvent): void },
): Promise<void> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: ({ event = 'message', data }) =>
      listener.onEvent({ name: event, body: data }),
    onError: error => {
      if (error.type === 'max-buffer-size-exceeded') throw error;
    },
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      listener.onChunk();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** A signal that aborts when the page is hidden or the other signal aborts. */
function whileShown(visibility: Visibility, until: AbortSignal) {
  const controller = new AbortController();
  const check = () => {
    if (visibility.hidden || until.aborted) controller.abort();
  };
  visibility.addEventListener('visibilitychange', check);
  until.addEventListener('abort', check);
  check();
  return {
    signal: controller.signal,
    release() {
      visibility.removeEventListener('visibilitychange', check);
      until.removeEventListener('abort', check);
    },
  };
}

function untilShown(visibility: Visibility, until: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const check = () => {
      if (visibility.hidden && !until.aborted) return;
      visibility.removeEventListener('visibilitychange', check);
      until.removeEventListener('abort', check);
      resolve();
    };
    visibility.addEventListener('visibilitychange', check);
    until.addEventListener('abort', check);
    check();
  });
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
    if (signal.aborted) done();
  });
}
