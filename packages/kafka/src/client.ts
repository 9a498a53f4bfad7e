import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from '@homelab/kafkajs';
import { createAdmin } from './admin/admin.ts';
import { createKafkajsLog } from './connection/client-log.ts';
import { registerCodecs } from './consumer/codecs.ts';
import { createConsumer } from './consumer/consumer.ts';
import { stopIdlePolling } from './consumer/idle-polling.ts';
import { createPlacingPartitioner } from './producer/kafkajs-send.ts';
import { createPlatformaticLink } from './producer/platformatic-link.ts';
import { createProducer } from './producer/producer.ts';
import { readToEnd } from './consumer/reader.ts';
import { kafkajsSecurity } from './connection/security.ts';
import { createSocketTracker } from './connection/sockets.ts';
import { createTail } from './consumer/tail.ts';
import { createTailLink } from './consumer/tail-link.ts';
import { createTransactionalProducer } from './producer/transactions.ts';
import type { KafkaClient, KafkaClientOptions } from './types.ts';

const connectionTimeoutMs = 3_000;

/** Longest time a broker holds a fetch of a tail. */
const tailWaitMs = 500;

/** Per request; callers retry around it where they want to. */
const retry = {
  initialRetryTime: 100,
  multiplier: 2,
  maxRetryTime: 1_000,
  retries: 5,
};

/**
 * Longer than a broker takes to restart. A consumer that gives up rejoins as a new
 * member, and the group then waits for the old session to expire.
 */
const consumerRetry = { ...retry, retries: 40 };

/**
 * Creates a Kafka client: @platformatic/kafka writes and follows without a group, kafkajs reads,
 * administers and runs transactions. Nothing is opened before `start`.
 */
export function createKafkaClient(options: KafkaClientOptions): KafkaClient {
  const { brokers, clientId, logger, requestTimeoutMs = 15_000 } = options;
  const logCreator = createKafkajsLog(logger);
  stopIdlePolling();
  registerCodecs();

  /** Each link has its own connections, and so its own state. */
  function connectionOf(kafkaRetry = retry) {
    const sockets = createSocketTracker();
    const kafka = new Kafka({
      brokers: [...brokers],
      clientId,
      ...kafkajsSecurity(options),
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      retry: kafkaRetry,
      logLevel: logLevel.INFO,
      logCreator,
      socketFactory: sockets.open,
    });
    return { kafka, sockets };
  }

  return {
    producer: producerOptions =>
      createProducer({
        ...producerOptions,
        brokers,
        logger,
        createLink: onLost =>
          createPlatformaticLink({
            brokers,
            clientId,
            security: options,
            connectionTimeoutMs,
            requestTimeoutMs,
            onLost,
          }),
      }),

    consumer: consumerOptions =>
      createConsumer({
        ...consumerOptions,
        brokers,
        logger,
        createLink() {
          const { kafka, sockets } = connectionOf(consumerRetry);
          const consumer = kafka.consumer({
            groupId: consumerOptions.groupId,
            sessionTimeout: consumerOptions.sessionTimeoutMs ?? 30_000,
            heartbeatInterval: consumerOptions.heartbeatIntervalMs ?? 3_000,
            maxWaitTimeInMs: consumerOptions.maxWaitMs ?? 500,
            maxBytesPerPartition:
              consumerOptions.maxBytesPerPartition ?? 1_048_576,
            allowAutoTopicCreation: false,
            retry: consumerRetry,
          });
          return {
            consumer,
            isConnected: sockets.isConnected,
            destroy: sockets.destroy,
          };
        },
      }),

    admin() {
      const { kafka, sockets } = connectionOf();
      return createAdmin({ admin: kafka.admin(), destroy: sockets.destroy });
    },

    tail: tailOptions =>
      createTail({
        ...tailOptions,
        brokers,
        logger,
        maxWaitMs: tailWaitMs,
        createLink: () =>
          createTailLink({
            brokers,
            clientId,
            security: options,
            connectionTimeoutMs,
            requestTimeoutMs,
            maxWaitMs: tailWaitMs,
          }),
      }),

    transactionalProducer({ transactionalId, transactionTimeoutMs = 10_000 }) {
      const { kafka, sockets } = connectionOf();
      const producer = kafka.producer({
        transactionalId,
        transactionTimeout: transactionTimeoutMs,
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: createPlacingPartitioner,
        retry,
      });
      return createTransactionalProducer({
        link: { producer, destroy: sockets.destroy },
        transactionalId,
        transactionTimeoutMs,
        logger,
      });
    },

    read: readOptions =>
      readToEnd(() => {
        const { kafka, sockets } = connectionOf();
        const groupId = `${clientId}-read-${randomUUID()}`;
        return {
          groupId,
          consumer: kafka.consumer({
            groupId,
            maxWaitTimeInMs: 100,
            allowAutoTopicCreation: false,
            retry,
          }),
          admin: kafka.admin(),
          destroy: sockets.destroy,
        };
      }, readOptions),
  };
}
