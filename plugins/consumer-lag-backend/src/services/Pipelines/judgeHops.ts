import { formatDuration } from '@homelab/plugin-consumer-lag-common';
import type {
  Hop,
  HopKind,
  HopState,
} from '@homelab/plugin-consumer-lag-common';

/** A hop as it was asked, before it is judged beside its neighbours. */
export interface SeenHop extends Omit<Hop, 'state' | 'newestAt'> {
  /** When something was last seen here; null when it never was. */
  readonly newestAtMs: number | null;
  /** False when it could not be asked. */
  readonly isKnown: boolean;
  /** True when nothing waits here although nothing comes: it has done its work. */
  readonly isIdle?: boolean;
  /** True when it is known not to work, whatever was last seen. */
  readonly hasStopped?: boolean;
}

const list = new Intl.ListFormat('en');

const nouns: Record<HopKind, string> = {
  device: 'the devices',
  'mqtt-topic': 'the MQTT broker',
  'kafka-topic': 'the Kafka topic',
  'consumer-group': 'the consumer group',
  table: 'the table',
};

/**
 * Judges each hop by the time within which something is expected, and by the hop before it:
 * what does not come because nothing was sent is quiet, what should have come has stopped.
 */
export function judgeHops(
  seen: readonly SeenHop[],
  options: { readonly nowMs: number; readonly expectedMs: number },
): { hops: Hop[]; sentence: string } {
  const hops: Hop[] = [];
  let before: HopState | undefined;
  for (const { newestAtMs, isKnown, isIdle, hasStopped, ...hop } of seen) {
    const isFresh =
      newestAtMs !== null && options.nowMs - newestAtMs <= options.expectedMs;
    const state = stateOf({ isKnown, isFresh, isIdle, hasStopped, before });
    hops.push({
      ...hop,
      state,
      newestAt: newestAtMs === null ? null : new Date(newestAtMs).toISOString(),
    });
    if (state !== 'unknown') before = state;
  }
  return { hops, sentence: sentenceOf(hops, options.nowMs) };
}

function stateOf(hop: {
  isKnown: boolean;
  isFresh: boolean;
  isIdle: boolean | undefined;
  hasStopped: boolean | undefined;
  before: HopState | undefined;
}): HopState {
  if (!hop.isKnown) return 'unknown';
  if (hop.hasStopped) return 'stopped';
  if (hop.isFresh) return 'flowing';
  if (hop.isIdle) return 'quiet';
  return hop.before === 'flowing' ? 'stopped' : 'quiet';
}

function sentenceOf(hops: readonly Hop[], nowMs: number): string {
  const stop = hops.find(({ state }) => state === 'stopped');
  if (stop)
    return `It stops at ${nouns[stop.kind]} ${stop.name}: ${lastSeen(stop, nowMs)}.`;
  const unknown = hops.filter(({ state }) => state === 'unknown');
  if (unknown.length === hops.length) return 'Nothing is known of any hop.';
  const notKnown = `nothing is known of ${list.format(unknown.map(({ kind }) => nouns[kind]))}`;
  const quiet = firstQuiet(hops);
  if (quiet) {
    // Behind hops that could not be asked it may only be where the silence is seen.
    const isBehindUnknown = hops
      .slice(0, hops.indexOf(quiet))
      .some(({ state }) => state === 'unknown');
    const seen = `${nouns[quiet.kind]} ${quiet.name}: ${lastSeen(quiet, nowMs)}`;
    return isBehindUnknown
      ? `Nothing comes to ${seen}; ${notKnown}.`
      : `Nothing comes from ${seen}.`;
  }
  return unknown.length === 0
    ? 'Readings flow through every hop.'
    : `Readings flow as far as is known; ${notKnown}.`;
}

/** The first hop from which on nothing flows: what flows later has come through all before. */
function firstQuiet(hops: readonly Hop[]): Hop | undefined {
  const lastFlowing = hops.findLastIndex(({ state }) => state === 'flowing');
  return hops.slice(lastFlowing + 1).find(({ state }) => state === 'quiet');
}

function lastSeen({ newestAt }: Hop, nowMs: number): string {
  if (newestAt === null) return 'nothing was ever seen there';
  return `the last was seen ${formatDuration(Math.max(0, nowMs - Date.parse(newestAt)))} ago`;
}
