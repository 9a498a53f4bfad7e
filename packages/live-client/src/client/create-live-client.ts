import { liveErrors } from '../protocol/errors.ts';
import { serverFrameSchema } from '../protocol/server-frames.ts';
import type { ErrorFrame, ServerFrame } from '../protocol/server-frames.ts';
import { createBackoff } from './backoff.ts';
import { openSocket } from './open-socket.ts';
import { Subscriptions } from './subscriptions.ts';
import type {
  LiveClient,
  LiveClientOptions,
  LiveSocket,
  LiveState,
} from './types.ts';

type Timer = ReturnType<typeof setTimeout>;

/**
 * Creates a client of the live server. It connects only once started, then returns after every
 * loss with growing waits, and resumes each subscription where it ended: what was missed is told
 * as changes, or as a gap and a snapshot. The waits start again at the shortest only after
 * readings were received, so that a server which accepts and fails is not stormed.
 */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const {
    minBackoffMs = 500,
    maxBackoffMs = 30_000,
    silenceMs = 15_000,
    answerMs = 10_000,
    random = Math.random,
    now = Date.now,
  } = options;
  const backoff = createBackoff({
    minMs: minBackoffMs,
    maxMs: maxBackoffMs,
    random,
  });
  const subscriptions = new Subscriptions();
  const listeners = new Set<(state: LiveState) => void>();
  let state: LiveState = {
    status: 'stopped',
    detail: 'Not started.',
    sinceMs: now(),
    code: undefined,
    pipeline: undefined,
    serverAheadMs: undefined,
  };
  let socket: LiveSocket | undefined;
  /** Rises with every attempt, so that a late answer to an earlier one is ignored. */
  let attempt = 0;
  let retry: Timer | undefined;
  let watch: Timer | undefined;
  let failure: ErrorFrame | undefined;

  function change(part: Partial<LiveState>): void {
    const isNews = part.status !== undefined && part.status !== state.status;
    state = { ...state, ...part, ...(isNews && { sinceMs: now() }) };
    for (const listener of listeners) listener(state);
  }

  function drop(): void {
    attempt += 1;
    clearTimeout(retry);
    clearTimeout(watch);
    const old = socket;
    socket = undefined;
    if (old === undefined) return;
    old.onopen = old.onmessage = old.onclose = null;
    // An error after this has nobody to tell.
    old.onerror = () => {};
    old.close();
  }

  function lose(detail: string): void {
    const refusal = failure;
    failure = undefined;
    drop();
    const code = refusal?.code;
    const ended = { code, detail: refusal?.message ?? detail };
    if (code !== undefined && liveErrors[code][1] === 'give_up') {
      change({ status: 'refused', pipeline: undefined, ...ended });
      return;
    }
    change({ status: 'lost', pipeline: undefined, ...ended });
    retry = setTimeout(connect, backoff.nextMs());
  }

  function connect(): void {
    drop();
    const mine = attempt;
    const isMine = () => mine === attempt;
    // While it is lost the reason of the loss is worth more than the attempt.
    if (state.status !== 'lost')
      change({ status: 'connecting', detail: 'Connecting.', code: undefined });
    watch = setTimeout(
      () => lose(`No connection within ${answerMs / 1_000} s.`),
      answerMs,
    );
    openSocket(options).then(
      opened => {
        if (isMine()) listen(opened, isMine);
        else opened.close();
      },
      (error: unknown) => {
        if (isMine()) lose(`No connection could be opened: ${wordsOf(error)}`);
      },
    );
  }

  function listen(opened: LiveSocket, isMine: () => boolean): void {
    socket = opened;
    opened.onopen = () => {
      if (!isMine()) return;
      for (const frame of subscriptions.begin()) send(frame);
    };
    opened.onmessage = event => {
      if (isMine()) receive(event.data);
    };
    opened.onerror = () => {};
    opened.onclose = ({ code }) => {
      if (isMine())
        lose(
          state.status === 'open'
            ? `The connection ended (${code}).`
            : `The server does not accept the connection (${code}).`,
        );
    };
  }

  function receive(data: unknown): void {
    const frame = readFrame(data);
    if (frame === 'unreadable') {
      lose('The server sent a frame that this version cannot read.');
      return;
    }
    listenOn();
    if (frame === 'unknown') return;
    if (frame.type === 'error') failure = frame;
    if ('sentAt' in frame) noteClock(frame.sentAt);
    if (frame.type === 'hello')
      change({
        status: 'open',
        detail: 'Connected.',
        code: undefined,
        pipeline: frame.pipeline,
      });
    if (frame.type === 'status') change({ pipeline: frame.pipeline });
    if (subscriptions.take(frame)) backoff.reset();
  }

  /** Told as part of the next change; a listener need not hear of every millisecond. */
  function noteClock(sentAt: string): void {
    state = { ...state, serverAheadMs: Date.parse(sentAt) - now() };
  }

  /** Waits for the next frame; asks for one after a silence. */
  function listenOn(): void {
    clearTimeout(watch);
    watch = setTimeout(() => {
      send({ type: 'ping' });
      watch = setTimeout(
        () => lose(`The server was silent for ${silenceMs / 1_000} s.`),
        answerMs,
      );
    }, silenceMs);
  }

  function send(frame: object): void {
    socket?.send(JSON.stringify(frame));
  }

  return {
    start() {
      if (state.status === 'stopped' || state.status === 'refused') connect();
    },
    stop() {
      drop();
      backoff.reset();
      change({ status: 'stopped', detail: 'Stopped.', pipeline: undefined });
    },
    subscribe(query, listener) {
      const id = subscriptions.add(query, listener);
      const frame = subscriptions.frameFor(id);
      if (state.status === 'open' && frame !== undefined) send(frame);
      return () => {
        subscriptions.delete(id);
        if (state.status === 'open') send({ type: 'unsubscribe', id });
      };
    },
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A later version of the server may send frames that this one does not know. */
function readFrame(data: unknown): ServerFrame | 'unknown' | 'unreadable' {
  if (typeof data !== 'string') return 'unreadable';
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return 'unreadable';
  }
  const parsed = serverFrameSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const isNew = parsed.error.issues.some(
    ({ path, code }) => code === 'invalid_union' && path[0] === 'type',
  );
  return isNew ? 'unknown' : 'unreadable';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason.';
}
