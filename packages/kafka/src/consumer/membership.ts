import type { Consumer } from '@homelab/kafkajs';
import { toKafkaError } from '../connection/errors.ts';
import type { KafkaError } from '../connection/errors.ts';
import type { ConnectionState, EventLogger } from '@homelab/service-kit';
import type { TopicPartition } from '../types.ts';

type Phase = 'created' | 'joining' | 'joined' | 'ended' | 'stopped';

/** A kafkajs consumer's place in its group, derived from its events. */
export interface Membership {
  begin(): void;
  /** Final: later events are ignored. */
  stop(): void;
  phase(): Phase;
  assigned(): readonly TopicPartition[];
  /** Rises with every rebalance. */
  generation(): number;
  /** Counts a batch handler in or out. */
  handlerStarted(): void;
  handlerEnded(): void;
  /** Resolves when no handler runs. */
  idle(): Promise<void>;
  /** Ends it for a reason of our own. */
  end(error: KafkaError): void;
  /** Remembers why an attempt failed, for `state`. */
  fail(message: string): void;
  readonly joined: Promise<void>;
  /** Resolves after the first read that began as this member and ended as it. */
  readonly reading: Promise<void>;
  /** Rejects when kafkajs has given up. */
  readonly ended: Promise<never>;
  state(connection: {
    brokers: readonly string[];
    connected: boolean;
  }): ConnectionState;
}

const stallMs = 30_000;

/** Creates the membership and listens to the consumer. */
export function createMembership(deps: {
  consumer: Pick<Consumer, 'on' | 'events'>;
  groupId: string;
  logger: EventLogger;
  now: () => number;
}): Membership {
  const { consumer, groupId, logger, now } = deps;
  const joined = Promise.withResolvers<void>();
  const reading = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<never>();
  // Callers need not await its end.
  ended.promise.catch(() => {});
  let phase: Phase = 'created';
  let assignment: readonly TopicPartition[] = [];
  let generation = 0;
  /** The generation in which the latest read of each broker began. */
  const readBeganIn = new Map<number, number>();
  let running = 0;
  let onIdle = () => {};
  let lastReadMs = now();
  let failure: string | undefined;

  const { events } = consumer;
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    generation += 1;
    if (phase === 'stopped') return;
    phase = 'joined';
    lastReadMs = now();
    failure = undefined;
    assignment = Object.entries(payload.memberAssignment).flatMap(
      ([topic, partitions]) =>
        partitions.map(partition => ({ topic, partition })),
    );
    logger.info(
      { event: 'kafka-group-joined', groupId, partitions: assignment.length },
      'joined the consumer group',
    );
    joined.resolve();
  });
  consumer.on(events.FETCH_START, ({ payload }) => {
    readBeganIn.set(payload.nodeId, generation);
  });
  consumer.on(events.FETCH, ({ payload }) => {
    lastReadMs = now();
    // kafkajs emits the same event for a failed read. If that made it rejoin, it has lost
    // its position, and the next read begins after the newest record.
    if (phase === 'joined' && readBeganIn.get(payload.nodeId) === generation) {
      reading.resolve();
    }
  });
  consumer.on(events.REBALANCING, () => {
    generation += 1;
    if (phase === 'joined') phase = 'joining';
    failure = 'the group is rebalancing';
  });
  consumer.on(events.CRASH, ({ payload }) => {
    generation += 1;
    assignment = [];
    if (phase === 'stopped') return;
    failure = payload.error.message;
    if (payload.restart) phase = 'joining';
    else end(toKafkaError(payload.error));
  });

  /** Only the first reason counts; the others follow from it. */
  function end(error: KafkaError): void {
    failure = error.message;
    if (phase !== 'stopped') phase = 'ended';
    ended.reject(error);
  }

  return {
    begin() {
      phase = 'joining';
    },
    stop() {
      phase = 'stopped';
    },
    phase: () => phase,
    assigned: () => (phase === 'stopped' ? [] : assignment),
    generation: () => generation,
    handlerStarted() {
      running += 1;
    },
    handlerEnded() {
      running -= 1;
      lastReadMs = now();
      if (running === 0) onIdle();
    },
    idle: () =>
      new Promise(resolve => {
        if (running === 0) resolve();
        else onIdle = resolve;
      }),
    end,
    fail(message) {
      failure = message;
    },
    joined: joined.promise,
    reading: reading.promise,
    ended: ended.promise,
    state: connection =>
      stateOf({
        ...connection,
        phase,
        groupId,
        failure,
        silentMs: running === 0 ? now() - lastReadMs : 0,
      }),
  };
}

function stateOf(seen: {
  phase: Phase;
  groupId: string;
  brokers: readonly string[];
  connected: boolean;
  silentMs: number;
  failure: string | undefined;
}): ConnectionState {
  const because = seen.failure === undefined ? '' : `: ${seen.failure}`;
  const down = (detail: string): ConnectionState => ({ ok: false, detail });
  if (seen.phase === 'created') return down('not started');
  if (seen.phase === 'stopped') return down('stopped');
  if (seen.phase === 'ended') return down(`ended${because}`);
  if (!seen.connected) {
    return down(`no connection to ${seen.brokers.join(', ')}${because}`);
  }
  if (seen.phase === 'joining')
    return down(`joining the group ${seen.groupId}${because}`);
  return seen.silentMs > stallMs
    ? down(`nothing read for ${Math.round(seen.silentMs / 1_000)} s`)
    : { ok: true };
}
