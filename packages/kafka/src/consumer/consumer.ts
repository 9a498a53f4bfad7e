import type { Consumer } from '@homelab/kafkajs';
import { createBackoff } from '@homelab/service-kit';
import type { EventLogger } from '@homelab/service-kit';
import { createEachBatch } from './each-batch.ts';
import {
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import { installFastDecoding } from '../fetch-fast-path/fetched-records.ts';
import { createMembership } from './membership.ts';
import type {
  ConsumerOptions,
  ConsumerSubscription,
  RecordConsumer,
} from '../types.ts';
import { createStopSwitch, within } from '../connection/waiting.ts';

/** One kafkajs consumer with its own connections. */
export interface ConsumerLink {
  readonly consumer: Consumer;
  isConnected(): boolean;
  /** Ends it at once, dropping what is pending. */
  destroy(): void;
}

interface ConsumerDeps extends ConsumerOptions {
  readonly createLink: () => ConsumerLink;
  readonly brokers: readonly string[];
  readonly logger: EventLogger;
  readonly now?: () => number;
  readonly random?: () => number;
}

// Without a broker, kafkajs would wait a long time to leave the group.
const leaveTimeoutMs = 1_000;

/** Creates the consumer described by {@link RecordConsumer}. */
export function createConsumer(deps: ConsumerDeps): RecordConsumer {
  const {
    groupId,
    fromBeginning,
    stopTimeoutMs = 5_000,
    brokers,
    logger,
  } = deps;
  installFastDecoding();
  const { consumer, isConnected, destroy } = deps.createLink();
  const stopSwitch = createStopSwitch(
    `The Kafka consumer ${groupId} is stopped.`,
  );
  const membership = createMembership({
    consumer,
    groupId,
    logger,
    now: deps.now ?? Date.now,
  });

  /** Connects and subscribes; waits for an absent broker but not for a missing topic. */
  async function subscribe(topics: readonly string[]): Promise<void> {
    const backoff = createBackoff({
      minMs: 200,
      maxMs: 5_000,
      random: deps.random,
    });
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
        membership.fail(failure.message);
        await stopSwitch.sleep(backoff.nextMs());
      }
    }
  }

  function run(onBatch: ConsumerSubscription['onBatch']): Promise<void> {
    const eachBatch = createEachBatch({
      onBatch,
      heartbeatIntervalMs: deps.heartbeatIntervalMs ?? 3_000,
      readAhead: deps.readAhead ?? 0,
      isStopping: () => membership.phase() === 'stopped',
      generation: membership.generation,
      isJoining: () => membership.phase() === 'joining',
      seek(position) {
        try {
          consumer.seek(position);
        } catch {
          // kafkajs is restarting, and will read from the committed offset.
        }
      },
      onStart: membership.handlerStarted,
      onEnd: membership.handlerEnded,
      onFatal(error) {
        // kafkajs notices only at the next records, which may take a long time.
        membership.end(handlerFailed(groupId, error));
      },
    });
    return consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: deps.concurrency ?? 1,
      eachBatch,
    });
  }

  async function close(): Promise<void> {
    const wasStarted = membership.phase() !== 'created';
    membership.stop();
    stopSwitch.stop();
    if (!wasStarted) return;
    const idle = membership.idle();
    // Only now: a commit needs the membership.
    const left = idle
      .then(() => consumer.disconnect())
      .catch((error: unknown) => {
        logger.debug(
          { event: 'kafka-leave-failed', err: error },
          'leave failed',
        );
      });
    const drained = await within(idle, stopTimeoutMs);
    if (drained) await within(left, leaveTimeoutMs);
    destroy();
    if (!drained) throw stopTimeout(groupId, stopTimeoutMs);
  }

  let closing: Promise<void> | undefined;
  return {
    async start({ topics, onBatch }) {
      membership.begin();
      await subscribe(topics);
      const running = run(onBatch);
      const until = (event: Promise<void>) =>
        stopSwitch.race(Promise.race([event, membership.ended]));
      await until(running.then(() => membership.joined));
      // A live tail begins at its first read, so wait for that read.
      if (!fromBeginning) await until(membership.reading);
    },
    pause: topics => consumer.pause(topics.map(copyOf)),
    resume: topics => consumer.resume(topics.map(copyOf)),
    assigned: membership.assigned,
    stop() {
      closing ??= close();
      return closing;
    },
    failed: membership.ended,
    state: () => membership.state({ brokers, connected: isConnected() }),
  };
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

function handlerFailed(groupId: string, cause: unknown): KafkaError {
  return new KafkaError(
    `The handler of the consumer group ${groupId} failed, so the consumer has stopped.`,
    { code: kafkaClientCodes.handlerFailed, retryable: false, cause },
  );
}

function stopTimeout(groupId: string, timeoutMs: number): KafkaError {
  return new KafkaError(
    `The handlers of the consumer group ${groupId} did not end within ${timeoutMs} ms; what they did not commit will be read again.`,
    { code: kafkaClientCodes.stopTimeout, retryable: false },
  );
}
