import type { Hop, HopKind, HopState } from '@homelab/plugin-pipelines-common';
import { formatDuration } from '@homelab/portal-common';

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

/** A hop with its state, and whether something is still due at it although it is quiet. */
interface JudgedHop extends Hop {
  readonly isOnTime: boolean;
}

/**
 * Judges each hop by the time within which something is expected, and by the hop before it:
 * what does not come because nothing was sent is quiet, what should have come has stopped.
 */
export function judgeHops(
  seen: readonly SeenHop[],
  options: { readonly nowMs: number; readonly expectedMs: number },
): { hops: Hop[]; sentence: string } {
  const judged: JudgedHop[] = [];
  let before: HopState | undefined;
  for (const { newestAtMs, isKnown, isIdle, hasStopped, ...hop } of seen) {
    const isFresh =
      newestAtMs !== null && options.nowMs - newestAtMs <= options.expectedMs;
    const state = stateOf({ isKnown, isFresh, isIdle, hasStopped, before });
    if (state !== 'unknown') before = state;
    // What reports once an hour is on time, but nothing flows: the rate beside it says 0.
    const isPausing = state === 'flowing' && hop.ratePerSecond === 0;
    judged.push({
      ...hop,
      state: isPausing ? 'quiet' : state,
      newestAt: newestAtMs === null ? null : new Date(newestAtMs).toISOString(),
      isOnTime: state === 'flowing',
    });
  }
  return {
    hops: judged.map(({ isOnTime, ...hop }) => hop),
    sentence: sentenceOf(judged, options),
  };
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

function sentenceOf(
  hops: readonly JudgedHop[],
  options: { readonly nowMs: number; readonly expectedMs: number },
): string {
  const { nowMs } = options;
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
  const pausing = hops.filter(({ state }) => state === 'quiet');
  if (pausing.length + unknown.length === hops.length) {
    const pause = `Quiet: ${lastSeen(newest(pausing), nowMs)}, and one is due every ${formatDuration(options.expectedMs)}`;
    return unknown.length === 0 ? `${pause}.` : `${pause}; ${notKnown}.`;
  }
  return unknown.length === 0
    ? 'Readings flow through every hop.'
    : `Readings flow as far as is known; ${notKnown}.`;
}

/** The first hop from which on nothing comes: what comes later has come through all before. */
function firstQuiet(hops: readonly JudgedHop[]): JudgedHop | undefined {
  const lastOnTime = hops.findLastIndex(({ isOnTime }) => isOnTime);
  return hops.slice(lastOnTime + 1).find(({ state }) => state === 'quiet');
}

function newest(hops: readonly Hop[]): Pick<Hop, 'newestAt'> {
  const instants = hops.flatMap(({ newestAt }) => newestAt ?? []);
  return { newestAt: instants.toSorted().at(-1) ?? null };
}

function lastSeen({ newestAt }: Pick<Hop, 'newestAt'>, nowMs: number): string {
  if (newestAt === null) return 'nothing was ever seen there';
  return `the last was seen ${formatDuration(Math.max(0, nowMs - Date.parse(newestAt)))} ago`;
}
