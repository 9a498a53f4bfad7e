import type { Message, ProducerBatch, RecordMetadata } from 'kafkajs';
import { createBackoff } from '../backoff.ts';
import { createLogLimiter } from '../log-limiter.ts';
import { KafkaError, kafkaClientCodes, toKafkaError } from './errors.ts';
import type {
  ConnectionState,
  EventLogger,
  OutgoingRecord,
  ProducerOptions,
  RecordProducer,
} from './types.ts';
import { createStopSwitch, within } from './waiting.ts';

/** One kafkajs producer with its own connections; thrown away after a failed send. */
export interface ProducerLink {
  connect(): Promise<void>;
  sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]>;
  disconnect(): Promise<void>;
  isConnected(): boolean;
  /** Ends it at once, with whatever is pending. */
  destroy(): void;
}

interface ProducerDeps extends ProducerOptions {
  /** Makes a link; `onLost` is called when its last connection is gone. */
  readonly createLink: (onLost: () => void) => ProducerLink;
  readonly brokers: readonly string[];
  readonly logger: EventLogger;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** kafkajs calls these final for the producer; a new one may send the same records. */
const fatalToProducer: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'DUPLICATE_SEQUENCE_NUMBER',
  'PRODUCER_FENCED',
]);

const overdueMs = 10_000;
const disconnectTimeoutMs = 1_000;

interface Addressed {
  readonly topic: string;
  readonly wantedPartition: number | undefined;
  readonly message: Message;
}

/** Creates the producer described by {@link RecordProducer} over links that may break. */
export function createProducer(deps: ProducerDeps): RecordProducer {
  const {
    createLink,
    brokers,
    logger,
    deliveryTimeoutMs = 60_000,
    maxPendingRecords = 50_000,
    stopTimeoutMs = 3_000,
    now = Date.now,
    random,
  } = deps;
  const stopSwitch = createStopSwitch('The Kafka producer is stopped.');
  const limiter = createLogLimiter({ now });
  const counts = { partialSends: 0, producersReplaced: 0 };
  let link: ProducerLink | undefined;
  let started = false;
  let pendingRecords = 0;
  let sendingSinceMs: number | undefined;
  let lastFailure: string | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let reconnecting = false;
  let connecting: Promise<void> | undefined;

  function openLink(): ProducerLink {
    const opened: ProducerLink = createLink(() => {
      if (opened === link) keepConnected();
    });
    link = opened;
    connecting = undefined;
    return opened;
  }

  /** One connect at a time: each gives a kafkajs producer a new id. */
  function connect(): Promise<void> {
    const current = link ?? openLink();
    connecting ??= current.connect().finally(() => {
      if (current === link) connecting = undefined;
    });
    return stopSwitch.race(connecting);
  }

  /** Tries until connected; only `stop` ends it. */
  async function connectUntilStopped(): Promise<void> {
    const backoff = createBackoff({ minMs: 200, maxMs: 2_000, random });
    for (;;) {
      stopSwitch.throwIfStopped();
      try {
        await connect();
        if (link?.isConnected()) {
          lastFailure = undefined;
          return;
        }
      } catch (error) {
        stopSwitch.throwIfStopped();
        lastFailure = toKafkaError(error).message;
      }
      await stopSwitch.sleep(backoff.nextMs());
    }
  }

  /** An idle kafkajs producer would notice a returned broker only at its next send. */
  function keepConnected(): void {
    if (reconnecting || !started) return;
    reconnecting = true;
    connectUntilStopped()
      .catch((error: unknown) => {
        logger.debug(
          { event: 'kafka-reconnect-ended', err: error },
          'reconnect ended',
        );
      })
      .finally(() => {
        reconnecting = false;
      });
  }

  /**
   * kafkajs takes the sequence numbers back after a failed send. If the records were
   * written after all, the broker would take other records under the same numbers for
   * repetitions and drop them. A new producer id rules that out.
   */
  function replaceLink(failed: ProducerLink, { code }: KafkaError): void {
    counts.producersReplaced += 1;
    const { log, suppressed } = limiter.admit(code);
    if (log) {
      logger.warn(
        { event: 'kafka-producer-replaced', code, suppressed },
        'kafka producer replaced',
      );
    }
    failed.destroy();
    if (link === failed) openLink();
  }

  /** Sends once and gives the messages that the answer does not cover. */
  async function sendOnce(pending: readonly Addressed[]): Promise<Addressed[]> {
    if (link === undefined || !link.isConnected()) await connect();
    const current = link ?? openLink();
    try {
      const answer = await stopSwitch.race(
        current.sendBatch({ acks: -1, topicMessages: byTopic(pending) }),
      );
      return unacknowledged(pending, answer);
    } catch (error) {
      stopSwitch.throwIfStopped();
      const failure = sendFailure(error);
      replaceLink(current, failure);
      for (const one of pending) one.message.partition = one.wantedPartition;
      throw failure;
    }
  }

  async function deliver(records: readonly OutgoingRecord[]): Promise<void> {
    const deadlineMs = now() + deliveryTimeoutMs;
    const backoff = createBackoff({ minMs: 50, maxMs: 2_000, random });
    let pending = records.map(addressed);
    for (;;) {
      stopSwitch.throwIfStopped();
      let failure: KafkaError;
      try {
        pending = await sendOnce(pending);
        if (pending.length === 0) {
          lastFailure = undefined;
          return;
        }
        counts.partialSends += 1;
        failure = partialSend(pending);
        logger.warn(
          { event: 'kafka-partial-send', records: pending.length },
          'kafka answered for a part of the records',
        );
      } catch (error) {
        stopSwitch.throwIfStopped();
        failure = toKafkaError(error);
      }
      lastFailure = failure.message;
      if (!failure.retryable || now() >= deadlineMs) throw failure;
      await stopSwitch.sleep(backoff.nextMs());
    }
  }

  async function enqueue(records: readonly OutgoingRecord[]): Promise<void> {
    // One send at a time: kafkajs gives the sequence numbers of a failed send to the
    // next one that waits, and the broker would drop that as a repetition.
    const turn = queue.then(async () => {
      sendingSinceMs = now();
      try {
        await deliver(records);
      } finally {
        sendingSinceMs = undefined;
      }
    });
    queue = turn.catch(() => {});
    pendingRecords += records.length;
    try {
      await turn;
    } finally {
      pendingRecords -= records.length;
    }
  }

  async function close(): Promise<void> {
    const drained = await within(queue, stopTimeoutMs);
    stopSwitch.stop();
    const last = link;
    link = undefined;
    if (last === undefined) return;
    if (drained) await within(last.disconnect(), disconnectTimeoutMs);
    last.destroy();
  }

  let closing: Promise<void> | undefined;
  return {
    async start() {
      started = true;
      await connectUntilStopped();
    },
    async send(records) {
      if (records.length === 0) return;
      if (closing !== undefined || !started) {
        throw new KafkaError(
          'The Kafka producer is not started or already stopped; start it before sending.',
          { code: kafkaClientCodes.stopped, retryable: false },
        );
      }
      if (pendingRecords + records.length > maxPendingRecords) {
        throw new KafkaError(
          `The Kafka producer holds ${pendingRecords} records that are not acknowledged, the limit is ${maxPendingRecords}; send more later.`,
          { code: kafkaClientCodes.queueFull, retryable: true },
        );
      }
      await enqueue(records);
    },
    stop() {
      closing ??= close();
      return closing;
    },
    state(): ConnectionState {
      if (!started) return { ok: false, detail: 'not started' };
      if (closing !== undefined) return { ok: false, detail: 'stopped' };
      if (link === undefined || !link.isConnected()) {
        return {
          ok: false,
          detail: `no connection to ${brokers.join(', ')}${because(lastFailure)}`,
        };
      }
      const waitedMs =
        sendingSinceMs === undefined ? 0 : now() - sendingSinceMs;
      return waitedMs > overdueMs
        ? {
            ok: false,
            detail: `no acknowledgement for ${Math.round(waitedMs / 1_000)} s${because(lastFailure)}`,
          }
        : { ok: true };
    },
    counts: () => ({ ...counts }),
  };
}

function because(failure: string | undefined): string {
  return failure === undefined ? '' : `: ${failure}`;
}

function addressed(record: OutgoingRecord): Addressed {
  const { topic, partition, key, value, headers, timestampMs } = record;
  return {
    topic,
    wantedPartition: partition,
    message: {
      key,
      value,
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(timestampMs === undefined ? {} : { timestamp: String(timestampMs) }),
      ...(partition === undefined ? {} : { partition }),
    },
  };
}

function byTopic(pending: readonly Addressed[]) {
  const messages = new Map<string, Message[]>();
  for (const { topic, message } of pending) {
    const list = messages.get(topic);
    if (list === undefined) messages.set(topic, [message]);
    else list.push(message);
  }
  return [...messages].map(([topic, list]) => ({ topic, messages: list }));
}

/**
 * kafkajs may resolve although a partition was never sent, when its leader moved to a
 * broker that had already answered. Only what the answer names is acknowledged.
 */
function unacknowledged(
  pending: readonly Addressed[],
  answer: readonly RecordMetadata[],
): Addressed[] {
  const acknowledged = new Set(
    answer
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ topicName, partition }) => `${topicName} ${partition}`),
  );
  return pending.filter(
    ({ topic, message }) => !acknowledged.has(`${topic} ${message.partition}`),
  );
}

function partialSend(pending: readonly Addressed[]): KafkaError {
  const topics = [...new Set(pending.map(({ topic }) => topic))].join(', ');
  return new KafkaError(
    `Kafka did not acknowledge ${pending.length} records for ${topics}; send them again.`,
    { code: kafkaClientCodes.partialSend, retryable: true },
  );
}

function sendFailure(error: unknown): KafkaError {
  const failure = toKafkaError(error);
  return fatalToProducer.has(failure.code)
    ? new KafkaError(failure.message, {
        code: failure.code,
        retryable: true,
        cause: failure,
      })
    : failure;
}
