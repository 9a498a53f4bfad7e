import type { Consumer } from 'kafkajs';
import { createBackoff } from '../backoff.ts';
import { createEachBatch } from './each-batch.ts';
import { KafkaError, kafkaClientCodes, toKafkaError } from './errors.ts';
import type {
  ConnectionState,
  ConsumerOptions,
  ConsumerSubscription,
  EventLogger,
  RecordConsumer,
  TopicPartition,
} from './types.ts';
import { createStopSwitch, deferred, within } from './waiting.ts';

/** One kafkajs consumer with its own connections. */
export interface ConsumerLink {
  readonly consumer: Consumer;
  isConnected(): boolean;
  /** Ends it at once, with whatever is pending. */
  destroy(): void;
}

interface ConsumerDeps extends ConsumerOptions {
  readonly createLink: () => ConsumerLink;
  readonly brokers: readonly string[];
  readonly logger: EventLogger;
  readonly now?: () => number;
  readonly random?: () => number;
}

const stallMs = 30_000;
// Without a broker kafkajs would wait long for nothing when it is to leave the group.
const leaveTimeoutMs = 1_000;

type Phase = 'created' | 'joining' | 'joined' | 'ended' | 'stopped';

/** Creates the consumer described by {@link RecordConsumer}. */
export function createConsumer(deps: ConsumerDeps): RecordConsumer {
  const {
    groupId,
    fromBeginning,
    heartbeatIntervalMs = 3_000,
    concurrency = 1,
    stopTimeoutMs = 5_000,
    brokers,
    logger,
    now = Date.now,
    random,
  } = deps;
  const { consumer, isConnected, destroy } = deps.createLink();
  const stopSwitch = createStopSwitch(
    `The Kafka consumer ${groupId} is stopped.`,
  );
  const failed = deferred<never>();
  const joined = deferred<void>();
  const reading = deferred<void>();
  let phase: Phase = 'created';
  let assignment: readonly TopicPartition[] = [];
  let generation = 0;
  let running = 0;
  let lastReadMs = now();
  let lastFailure: string | undefined;
  let handlerFailure: unknown;
  let onIdle = () => {};

  /** Resolves when no handler runs. */
  function idle(): Promise<void> {
    return new Promise(resolve => {
      if (running === 0) resolve();
      else onIdle = resolve;
    });
  }

  function listen(): void {
    const { events } = consumer;
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      phase = 'joined';
      generation += 1;
      lastReadMs = now();
      lastFailure = undefined;
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
    consumer.on(events.FETCH, () => {
      lastReadMs = now();
      if (phase === 'joined') reading.resolve();
    });
    consumer.on(events.REBALANCING, () => {
      generation += 1;
      if (phase === 'joined') phase = 'joining';
      lastFailure = 'the group is rebalancing';
    });
    consumer.on(events.CRASH, ({ payload }) => {
      generation += 1;
      assignment = [];
      if (phase === 'stopped') return;
      lastFailure = payload.error.message;
      phase = payload.restart ? 'joining' : 'ended';
      if (!payload.restart) failed.reject(endError(payload.error));
    });
  }

  function endError(error: unknown): KafkaError {
    if (handlerFailure === undefined) return toKafkaError(error);
    return new KafkaError(
      `The handler of the consumer group ${groupId} failed, so the consumer has stopped.`,
      {
        code: kafkaClientCodes.handlerFailed,
        retryable: false,
        cause: handlerFailure,
      },
    );
  }

  /** Connects and subscribes; a broker that is away is waited for, a missing topic is not. */
  async function subscribe(topics: readonly string[]): Promise<void> {
    const backoff = createBackoff({ minMs: 200, maxMs: 5_000, random });
    for (;;) {
      stopSwitch.throwIfStopped();
      try {
        await stopSwitch.race(consumer.connect());
        await stopSwitch.race(
          consumer.subscribe({ topics: [...topics], fromBeginning }),
        );
        return;
      } catch (error) {
        stopSwitch.throwIfStopped();
        const failure = toKafkaError(error);
        if (failure.code === 'UNKNOWN_TOPIC_OR_PARTITION') {
          throw missingTopic(topics, failure);
        }
        lastFailure = failure.message;
        await stopSwitch.sleep(backoff.nextMs());
      }
    }
  }

  async function start({
    topics,
    onBatch,
  }: ConsumerSubscription): Promise<void> {
    phase = 'joining';
    listen();
    await subscribe(topics);
    const eachBatch = createEachBatch({
      onBatch,
      heartbeatIntervalMs,
      isStopping: () => phase === 'stopped',
      generation: () => generation,
      onFatal: error => {
        handlerFailure = error;
      },
    });
    const run = consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: async payload => {
        running += 1;
        try {
          await eachBatch(payload);
        } finally {
          running -= 1;
          lastReadMs = now();
          if (running === 0) onIdle();
        }
      },
    });
    await stopSwitch.race(
      Promise.race([run.then(() => joined.promise), failed.promise]),
    );
    // A live tail begins where its first read begins, so that read is waited for.
    if (!fromBeginning)
      await stopSwitch.race(Promise.race([reading.promise, failed.promise]));
  }

  async function close(): Promise<void> {
    const wasStarted = phase !== 'created';
    phase = 'stopped';
    stopSwitch.stop();
    if (!wasStarted) return;
    const left = consumer.disconnect().catch((error: unknown) => {
      logger.debug({ event: 'kafka-leave-failed', err: error }, 'leave failed');
    });
    const drained = await within(Promise.race([left, idle()]), stopTimeoutMs);
    if (drained) await within(left, leaveTimeoutMs);
    destroy();
    assignment = [];
    if (!drained) {
      throw new KafkaError(
        `The handlers of the consumer group ${groupId} did not end within ${stopTimeoutMs} ms; what they did not commit will be read again.`,
        { code: kafkaClientCodes.stopTimeout, retryable: false },
      );
    }
  }

  let closing: Promise<void> | undefined;
  return {
    start,
    pause: topics => consumer.pause(topics.map(copyOf)),
    resume: topics => consumer.resume(topics.map(copyOf)),
    assigned: () => assignment,
    stop() {
      closing ??= close();
      return closing;
    },
    failed: failed.promise,
    state(): ConnectionState {
      if (phase === 'created') return { ok: false, detail: 'not started' };
      if (phase === 'stopped') return { ok: false, detail: 'stopped' };
      if (phase === 'ended') {
        return { ok: false, detail: `ended${because(lastFailure)}` };
      }
      if (!isConnected()) {
        return {
          ok: false,
          detail: `no connection to ${brokers.join(', ')}${because(lastFailure)}`,
        };
      }
      if (phase === 'joining') {
        return {
          ok: false,
          detail: `joining the group ${groupId}${because(lastFailure)}`,
        };
      }
      const silentMs = now() - lastReadMs;
      return running === 0 && silentMs > stallMs
        ? {
            ok: false,
            detail: `nothing read for ${Math.round(silentMs / 1_000)} s`,
          }
        : { ok: true };
    },
  };
}

function because(failure: string | undefined): string {
  return failure === undefined ? '' : `: ${failure}`;
}

function copyOf({
  topic,
  partitions,
}: {
  topic: string;
  partitions?: readonly number[];
}) {
  return partitions === undefined
    ? { topic }
    : { topic, partitions: [...partitions] };
}

function missingTopic(
  topics: readonly string[],
  cause: KafkaError,
): KafkaError {
  return new KafkaError(
    `A Kafka topic to read does not exist (one of ${topics.join(', ')}); create the topics first.`,
    { code: cause.code, retryable: false, cause },
  );
}
