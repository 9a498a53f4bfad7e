import { setTimeout as delay } from 'node:timers/promises';
import type {
  LiveReading,
  Position,
  SubscribeFrame,
} from '@homelab/live-client';
import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { LiveMetrics } from '../metrics.ts';
import type { StreamState } from '../source/stream-state.ts';
import type { Missed } from '../source/reading-log.ts';
import { createChannel } from './channel.ts';
import type { Channel, Outlet } from './channel.ts';
import { createReadingEncoder, gapFrame } from './encode.ts';

/** What a client follows. */
export type Query = Pick<SubscribeFrame, 'stream' | 'deviceIds' | 'fields'>;

/** A subscription that has begun. */
export interface Subscription {
  leave(): void;
}

/** Sends newer readings to all who follow them. */
export interface Hub {
  /**
   * Adds a client. `onReady` is called with the channel and what follows, before it is sent. A
   * position that this instance has not reached yet is waited for, as another may be ahead.
   */
  subscribe(
    outlet: Outlet,
    query: Query,
    resumeFrom: Position | undefined,
    onReady: (told: {
      channel: string;
      outcome: 'snapshot' | 'resumed' | 'gap';
    }) => void,
    signal: AbortSignal,
  ): Promise<Subscription | undefined>;
  knows(stream: Stream, deviceId: string): boolean;
  publish(reading: LiveReading): void;
  /** Records of a stream were gone before they were read. */
  lost(stream: Stream): void;
  stop(): void;
}

/** Longest wait until records are read that another instance has read already. */
const behindMs = 2_000;
const behindStepMs = 20;
/** How often a position is told where nothing changes, so that it does not grow too old. */
const positionMs = 10_000;

/** Creates the hub over the states of all streams. */
export function createHub(deps: {
  states: Readonly<Record<Stream, StreamState>>;
  limits: { readonly batchMs: number; readonly softBytes: number };
  metrics: LiveMetrics;
  now?: () => number;
}): Hub {
  const { states, limits, metrics, now = Date.now } = deps;
  const encoder = createReadingEncoder();
  const channels = forStreams(() => new Map<string, Channel>());
  const dirty = new Set<Channel>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let flushedMs = -Infinity;
  /** When the oldest reading that waits came. */
  let waitingSinceMs: number | undefined;
  const positions = setInterval(() => {
    for (const channel of allChannels()) channel.tellPosition();
  }, positionMs);
  positions.unref();

  const allChannels = () =>
    streams.flatMap(stream => [...channels[stream].values()]);
  const countChannels = () => metrics.channels.set(allChannels().length);

  function schedule(): void {
    if (timer !== undefined) return;
    const waitMs = Math.max(0, flushedMs + limits.batchMs - performance.now());
    timer = setTimeout(flush, waitMs);
  }

  function flush(): void {
    timer = undefined;
    flushedMs = performance.now();
    for (const channel of dirty) {
      channel.flush();
      if (!channel.hasLaggards()) dirty.delete(channel);
    }
    encoder.forget();
    if (waitingSinceMs !== undefined)
      metrics.deliverySeconds.observe(
        {},
        (performance.now() - waitingSinceMs) / 1_000,
      );
    waitingSinceMs = undefined;
    if (dirty.size > 0) schedule();
  }

  function channelOf({ stream, deviceIds, fields }: Query) {
    const ids = deviceIds && [...new Set(deviceIds)].sort();
    const names = fields && [...new Set(fields)].sort();
    const key = JSON.stringify([ids, names]);
    const known = channels[stream].get(key);
    if (known !== undefined) return { key, channel: known };
    count += 1;
    const channel = createChannel({
      name: `c${count}`,
      state: states[stream],
      deviceIds: ids && new Set(ids),
      fields: names,
      softBytes: limits.softBytes,
      encoder,
      metrics,
      now,
    });
    channels[stream].set(key, channel);
    countChannels();
    return { key, channel };
  }

  async function missedSince(
    state: StreamState,
    position: Position,
    signal: AbortSignal,
  ): Promise<Missed> {
    const untilMs = performance.now() + behindMs;
    for (;;) {
      const missed = state.log.after(position);
      const isBehind = !missed.ok && missed.reason === 'ahead';
      if (!isBehind || signal.aborted || performance.now() > untilMs)
        return missed;
      await delay(behindStepMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    async subscribe(outlet, query, resumeFrom, onReady, signal) {
      const state = states[query.stream];
      if (resumeFrom !== undefined) {
        const first = state.log.after(resumeFrom);
        if (!first.ok && first.reason === 'ahead')
          await missedSince(state, resumeFrom, signal);
        if (signal.aborted) return undefined;
      }
      // Nothing is awaited from here on, so that nothing comes in between.
      const { key, channel } = channelOf(query);
      channel.flush();
      const missed = resumeFrom && state.log.after(resumeFrom);
      if (missed !== undefined)
        metrics.resumes.inc({ outcome: missed.ok ? 'resumed' : 'gap' });
      if (missed === undefined) {
        onReady({ channel: channel.name, outcome: 'snapshot' });
      } else if (missed.ok) {
        onReady({ channel: channel.name, outcome: 'resumed' });
      } else {
        onReady({ channel: channel.name, outcome: 'gap' });
        const reason =
          missed.reason === 'ahead' ? 'position_unknown' : missed.reason;
        outlet.send(gapFrame(channel.name, reason, now()));
      }
      const member = channel.join(
        outlet,
        missed?.ok === true ? missed.readings : undefined,
      );
      channel.catchUp(member);
      if (channel.hasLaggards()) dirty.add(channel);
      // What was encoded serves all who come until then.
      schedule();
      metrics.subscriptions.inc();
      let hasLeft = false;
      return {
        leave() {
          if (hasLeft) return;
          hasLeft = true;
          metrics.subscriptions.dec();
          channel.leave(member);
          if (channel.size() > 0) return;
          dirty.delete(channel);
          channels[query.stream].delete(key);
          countChannels();
        },
      };
    },
    knows: (stream, deviceId) => states[stream].has(deviceId),
    publish(reading) {
      for (const channel of channels[reading.stream].values())
        if (channel.offer(reading)) dirty.add(channel);
      waitingSinceMs ??= performance.now();
      if (dirty.size > 0) schedule();
    },
    lost(stream) {
      for (const channel of channels[stream].values()) {
        channel.restart('source_restarted');
        if (channel.hasLaggards()) dirty.add(channel);
      }
      if (dirty.size > 0) schedule();
    },
    stop() {
      clearTimeout(timer);
      clearInterval(positions);
    },
  };
}

/** One thing for each stream. */
export function forStreams<Thing>(
  create: (stream: Stream) => Thing,
): Record<Stream, Thing> {
  return {
    energy: create('energy'),
    heatpump: create('heatpump'),
    temperature: create('temperature'),
  };
}
