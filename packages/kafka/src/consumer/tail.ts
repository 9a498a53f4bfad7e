import { setTimeout as delay } from 'node:timers/promises';
import { createBackoff } from '@homelab/service-kit';
import type { ConnectionState, EventLogger } from '@homelab/service-kit';
import { KafkaError, toKafkaError } from '../connection/errors.ts';
import { createStopSwitch, within } from '../connection/waiting.ts';
import type { RecordTail, TailOptions } from '../types.ts';
import type { TailAim, TailFetched, TailLink, TailPlace } from './tail-link.ts';

interface TailDeps extends TailOptions {
  readonly createLink: () => TailLink;
  readonly brokers: readonly string[];
  readonly logger: EventLogger;
  readonly maxWaitMs: number;
  readonly now?: () => number;
}

/** Leaders and partitions are looked up anew so often, even if nothing fails. */
const roundMs = 60_000;
/** While a partition has no leader. */
const shortRoundMs = 1_000;
/** A fetch is answered sooner unless the broker is frozen. */
const overdueMs = 3_000;
const closeTimeoutMs = 1_000;
/** Gathers records at a high rate, so that a fetch is worth its cost. */
const gatherMs = 5;

/**
 * Creates the tail described by {@link RecordTail}. It reads in rounds: it looks up which broker
 * serves which partition and then fetches from each broker until one of them fails.
 */
export function createTail(deps: TailDeps): RecordTail {
  const { topics, logger, now = Date.now, pastMs = 0 } = deps;
  const { maxPastRecords = Number.MAX_SAFE_INTEGER } = deps;
  const stopSwitch = createStopSwitch(`The tail of ${topics} is stopped.`);
  const backoff = createBackoff({ minMs: 100, maxMs: 5_000 });
  const caughtUp = Promise.withResolvers<void>();
  /** Where each partition is read next, by topic and partition. */
  const aims = new Map<string, TailAim>();
  /** The ends that have to be reached before the tail counts as started. */
  const targets = new Map<string, bigint>();
  let link: TailLink | undefined;
  let running: Promise<void> | undefined;
  let failure: string | undefined = 'not started';
  let heardMs = 0;

  /** Where to begin with a partition that is new to us, or whose next record is gone. */
  async function begin(
    from: TailLink,
    topic: string,
    places: readonly TailPlace[],
  ): Promise<void> {
    const partitions = places.map(({ partition }) => partition);
    const [low, high, past] = await Promise.all([
      from.offsets(topic, partitions, 'earliest'),
      from.offsets(topic, partitions, 'latest'),
      pastMs > 0
        ? from.offsets(topic, partitions, { timeMs: now() - pastMs })
        : Promise.resolve([]),
    ]);
    const isFirst = !places.some(place => aims.has(nameOf(place)));
    let isLost = false;
    const started = places.map(place => {
      const first = low[place.partition] ?? 0n;
      const end = high[place.partition] ?? 0n;
      const known = aims.get(nameOf(place));
      let next = known?.next ?? first;
      if (isFirst)
        next = startOf({ first, end, past: past[place.partition] ?? -1n });
      else if (known && (known.topicId !== place.topicId || next > end))
        next = first;
      const isGap =
        known !== undefined &&
        (known.topicId !== place.topicId ||
          known.next < first ||
          next !== known.next);
      if (isGap) isLost = true;
      next = next < first ? first : next;
      aims.set(nameOf(place), { ...place, next });
      if (isFirst) targets.set(nameOf(place), end);
      return { partition: place.partition, offset: String(next) };
    });
    const topicId = places[0]?.topicId ?? '';
    if (isFirst || isLost)
      deps.onBegin({
        topic,
        topicId,
        reason: isFirst ? 'started' : 'records_lost',
        partitions: started,
      });
  }

  function startOf(of: { first: bigint; end: bigint; past: bigint }): bigint {
    const { first, end, past } = of;
    if (pastMs === 0) return end;
    const start = past < 0n ? end : past;
    const most = end - BigInt(maxPastRecords);
    return [first, start, most].reduce((a, b) => (a > b ? a : b));
  }

  async function round(): Promise<void> {
    link ??= deps.createLink();
    const current = link;
    const all = await stopSwitch.race(current.places(topics));
    const places = all.filter(({ node }) => node >= 0);
    const missing = all.length - places.length;
    // Topics begin as a whole, so that what they held at the start is known.
    if (aims.size === 0 && missing > 0) throw leaderless(missing);
    for (const topic of topics)
      await stopSwitch.race(
        begin(
          current,
          topic,
          places.filter(place => place.topic === topic),
        ),
      );
    heardMs = now();
    failure = missing > 0 ? leaderless(missing).message : undefined;
    settle();
    const nodes = [...new Set(places.map(({ node }) => node))];
    let isOver = false;
    const untilMs = now() + (missing > 0 ? shortRoundMs : roundMs);
    await Promise.all(
      nodes.map(async node => {
        try {
          while (!isOver && now() < untilMs) await fetchFrom(current, node);
        } finally {
          isOver = true;
        }
      }),
    );
  }

  async function fetchFrom(from: TailLink, node: number): Promise<void> {
    const wanted = [...aims.values()].filter(aim => aim.node === node);
    const fetched = await stopSwitch.race(from.fetch(node, wanted));
    heardMs = now();
    for (const one of fetched) take(one);
    backoff.reset();
    if (fetched.length > 0) await stopSwitch.race(delay(gatherMs));
  }

  function take({ records, next, ...place }: TailFetched): void {
    aims.set(nameOf(place), { ...place, next });
    const { topic, topicId, partition } = place;
    deps.onRecords({
      topic,
      topicId,
      partition,
      records,
      nextOffset: String(next),
    });
    settle();
  }

  /** Tells once when every partition has reached the end that it had at the start. */
  function settle(): void {
    for (const [name, target] of targets)
      if ((aims.get(name)?.next ?? 0n) >= target) targets.delete(name);
    if (targets.size === 0 && aims.size > 0) caughtUp.resolve();
  }

  async function follow(): Promise<void> {
    while (!stopSwitch.stopped) {
      try {
        await round();
      } catch (error) {
        if (stopSwitch.stopped) return;
        const { message, code } = toKafkaError(error);
        failure = message;
        logger.debug(
          { event: 'kafka-tail-interrupted', code, reason: message },
          'tail interrupted',
        );
        const old = link;
        link = undefined;
        if (old !== undefined) await within(old.close(), closeTimeoutMs);
        await stopSwitch.sleep(backoff.nextMs()).catch(() => {});
      }
    }
  }

  function state(): ConnectionState {
    if (failure !== undefined)
      return {
        ok: false,
        detail: `no connection to ${deps.brokers.join(', ')}: ${failure}`,
      };
    const silentMs = now() - heardMs;
    return silentMs > deps.maxWaitMs + overdueMs
      ? {
          ok: false,
          detail: `Kafka has not answered for ${Math.round(silentMs / 1_000)} s`,
        }
      : { ok: true };
  }

  return {
    async start() {
      running ??= follow();
      await stopSwitch.race(caughtUp.promise);
    },
    async stop() {
      stopSwitch.stop();
      if (link !== undefined) await within(link.close(), closeTimeoutMs);
      await running;
    },
    state,
  };
}

const nameOf = ({ topic, partition }: TailPlace) => `${topic}/${partition}`;

function leaderless(count: number): KafkaError {
  return new KafkaError(`${count} partitions have no leader`, {
    code: 'LEADER_NOT_AVAILABLE',
    retryable: true,
  });
}
