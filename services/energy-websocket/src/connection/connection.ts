import type { Principal } from '@homelab/access';
import { liveLimits, liveVersion } from '@homelab/live-client';
import type { LiveErrorCode, PipelineStatus } from '@homelab/live-client';
import type { Logger } from '@homelab/service-kit';
import type { RawData, WebSocket } from 'ws';
import type { Outlet } from '../fanout/channel.ts';
import type { Hub, Subscription } from '../fanout/hub.ts';
import type { LiveMetrics } from '../metrics.ts';
import { errorFrame, FrameError } from './frame-error.ts';
import { readFrame, requireKnown } from './read-frame.ts';

/** A client that is connected. */
export interface Connection {
  readonly principal: Principal;
  /** Tells why, then closes; a client that does not take it is cut off soon. */
  fail(code: LiveErrorCode, message?: string): void;
  tellStatus(pipeline: PipelineStatus): void;
  /** Pings it, or ends it when the last ping was not answered. */
  checkAlive(): void;
  /** Ends it without a word. */
  terminate(): void;
}

/** The longest delay of a Node timer. */
const maxTimerMs = 2 ** 31 - 1;
const ratePeriodMs = 10_000;

/** Serves a client until its socket closes. */
export function createConnection(deps: {
  socket: WebSocket;
  principal: Principal;
  hub: Hub;
  limits: { readonly softBytes: number; readonly hardBytes: number };
  pipeline: PipelineStatus;
  metrics: LiveMetrics;
  logger: Logger;
  onClosed: () => void;
  now?: () => number;
}): Connection {
  const { socket, principal, hub, limits, metrics, now = Date.now } = deps;
  const subscriptions = new Map<string, Subscription | 'beginning'>();
  const leaving = new AbortController();
  let isAlive = true;
  let hasFailed = false;
  let periodMs = now();
  let framesInPeriod = 0;

  const isOpen = () => !hasFailed && socket.readyState === socket.OPEN;

  function fail(code: LiveErrorCode, message?: string, id?: string): void {
    if (!isOpen()) return;
    hasFailed = true;
    metrics.closed.inc({ code });
    const { frame, closeCode } = errorFrame(code, message, id);
    // The socket gives up by itself when the client does not answer the close.
    socket.send(frame);
    socket.close(closeCode, code);
    leave();
  }

  function leave(): void {
    leaving.abort();
    for (const one of subscriptions.values())
      if (one !== 'beginning') one.leave();
    subscriptions.clear();
  }

  const outlet: Outlet = {
    waitingBytes: () => socket.bufferedAmount,
    send(frame) {
      if (!isOpen()) return;
      if (socket.bufferedAmount + frame.length > limits.hardBytes) {
        fail(
          'too_slow',
          `More than ${limits.hardBytes} bytes wait to be read. Read faster, or follow fewer devices and fields.`,
        );
        return;
      }
      metrics.frames.inc();
      metrics.bytes.inc(frame.length);
      socket.send(frame, { binary: false });
    },
  };

  const tell = (frame: object) =>
    outlet.send(Buffer.from(JSON.stringify(frame)));
  const sentAt = () => new Date(now()).toISOString();

  function countFrame(): void {
    if (now() - periodMs >= ratePeriodMs) {
      periodMs = now();
      framesInPeriod = 0;
    }
    framesInPeriod += 1;
    if (framesInPeriod > liveLimits.maxFramesPerTenSeconds)
      throw new FrameError(
        'too_many_frames',
        `A connection may send ${liveLimits.maxFramesPerTenSeconds} frames in ten seconds.`,
      );
  }

  async function take(bytes: Buffer, isBinary: boolean): Promise<void> {
    countFrame();
    const frame = readFrame(bytes, isBinary);
    const { id } = frame;
    if (frame.type === 'ping') {
      tell({ type: 'pong', ...(id !== undefined && { id }), sentAt: sentAt() });
      return;
    }
    if (frame.type === 'unsubscribe') {
      const known = subscriptions.get(frame.id);
      if (known === undefined)
        throw new FrameError(
          'subscription_unknown',
          'There is no subscription of this id.',
          frame.id,
        );
      if (known !== 'beginning') known.leave();
      subscriptions.delete(frame.id);
      tell({ type: 'unsubscribed', id: frame.id });
      return;
    }
    if (subscriptions.has(frame.id))
      throw new FrameError(
        'subscription_duplicate',
        'There is a subscription of this id already.',
        frame.id,
      );
    if (subscriptions.size >= liveLimits.maxSubscriptions)
      throw new FrameError(
        'too_many_subscriptions',
        `A connection may have ${liveLimits.maxSubscriptions} subscriptions.`,
        frame.id,
      );
    if (!principal.scopes.has('readings:read'))
      throw new FrameError(
        'forbidden',
        'This needs a token with the scope readings:read.',
        frame.id,
      );
    requireKnown(frame, hub);
    subscriptions.set(frame.id, 'beginning');
    const begun = await hub.subscribe(
      outlet,
      frame,
      frame.resumeFrom,
      told => tell({ type: 'subscribed', id: frame.id, ...told }),
      leaving.signal,
    );
    if (begun === undefined) return;
    // It may have been ended while it began.
    if (subscriptions.get(frame.id) === 'beginning')
      subscriptions.set(frame.id, begun);
    else begun.leave();
  }

  function receive(data: RawData, isBinary: boolean): void {
    isAlive = true;
    if (hasFailed) return;
    // `ws` gives one Buffer unless told otherwise.
    take(data as Buffer, isBinary).catch((error: unknown) => {
      if (error instanceof FrameError) {
        fail(error.code, error.message, error.id);
        return;
      }
      deps.logger.error({ event: 'frame-failed', err: error }, 'frame failed');
      fail('internal');
    });
  }

  socket.on('message', receive);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('ping', (data: Buffer) => {
    isAlive = true;
    try {
      countFrame();
    } catch (error) {
      if (error instanceof FrameError) fail(error.code, error.message);
      return;
    }
    if (isOpen() && socket.bufferedAmount <= limits.softBytes)
      socket.pong(data);
  });
  // What broke the rules was answered by the socket itself.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(expiry);
    hasFailed = true;
    leave();
    deps.onClosed();
  });

  const remainingMs = (principal.expiresAtMs ?? Infinity) - now();
  const expiry = setTimeout(
    () => fail('token_expired'),
    Math.min(Math.max(0, remainingMs), maxTimerMs),
  );
  tell({
    type: 'hello',
    version: liveVersion,
    sentAt: sentAt(),
    pipeline: deps.pipeline,
  });

  return {
    principal,
    fail,
    tellStatus: pipeline =>
      tell({ type: 'status', sentAt: sentAt(), pipeline }),
    checkAlive() {
      if (!isAlive) {
        metrics.silent.inc();
        socket.terminate();
        return;
      }
      isAlive = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    terminate: () => socket.terminate(),
  };
}
