import type { Hop, HopKind, HopState } from '@homelab/plugin-pipelines-common';
import { formatDuration } from '@homelab/portal-common';

/** The data of a hop, before its state is derived from it and the hop before. */
export interface SeenHop extends Omit<Hop, 'state' | 'newestAt'> {
  /** When data was last seen here; null if never. */
  readonly newestAtMs: number | null;
  /** False if it could not be queried. */
  readonly isKnown: boolean;
  /** True if no data arrives but none is waiting either: everything is processed. */
  readonly isIdle?: boolean;
  /** True if it is known to have stopped, whatever was last seen. */
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

/** A hop with its state, and whether its data is on time although it is quiet. */
interface JudgedHop extends Hop {
  readonly isOnTime: boolean;
}

/**
 * Derives the state of each hop from the time within which data is expected and from the hop before:
 * if nothing was sent it is quiet, if data should have arrived it has stopped.
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
    // A sensor that reports once an hour is on time, but nothing is flowing: the rate is 0.
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
    return `Data stops at ${nouns[stop.kind]} ${stop.name}: ${lastSeen(stop, nowMs)}.`;
  const unknown = hops.filter(({ state }) => state === 'unknown');
  if (unknown.length === hops.length)
    return 'The state of every hop is unknown.';
  const notKnown = `the state of ${list.format(unknown.map(({ kind }) => nouns[kind]))} is unknown`;
  const quiet = firstQuiet(hops);
  if (quiet) {
    // After hops that could not be queried this may only be where the silence becomes visible.
    const isBehindUnknown = hops
      .slice(0, hops.indexOf(quiet))
      .some(({ state }) => state === 'unknown');
    const seen = `${nouns[quiet.kind]} ${quiet.name}: ${lastSeen(quiet, nowMs)}`;
    return isBehindUnknown
      ? `No data at ${seen}; ${notKnown}.`
      : `No data from ${seen}.`;
  }
  const pausing = hops.filter(({ state }) => state === 'quiet');
  if (pausing.length + unknown.length === hops.length) {
    const pause = `Quiet: ${lastSeen(newest(pausing), nowMs)}, expected every ${formatDuration(options.expectedMs)}`;
    return unknown.length === 0 ? `${pause}.` : `${pause}; ${notKnown}.`;
  }
  return unknown.length === 0
    ? 'Data flows through every hop.'
    : `Data flows as far as known; ${notKnown}.`;
}

/** The first quiet hop after the last one with data: data at a later hop has passed all earlier ones. */
function firstQuiet(hops: readonly JudgedHop[]): JudgedHop | undefined {
  const lastOnTime = hops.findLastIndex(({ isOnTime }) => isOnTime);
  return hops.slice(lastOnTime + 1).find(({ state }) => state === 'quiet');
}

function newest(hops: readonly Hop[]): Pick<Hop, 'newestAt'> {
  const instants = hops.flatMap(({ newestAt }) => newestAt ?? []);
  return { newestAt: instants.toSorted().at(-1) ?? null };
}

function lastSeen({ newestAt }: Pick<Hop, 'newestAt'>, nowMs: number): string {
  if (newestAt === null) return 'no data yet';
  return `last data ${formatDuration(Math.max(0, nowMs - Date.parse(newestAt)))} ago`;
}
