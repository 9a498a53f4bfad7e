import { createBackoff } from '@homelab/service-kit';
import {
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import { sendThrough } from './kafkajs-send.ts';
import type { EventLogger } from '@homelab/service-kit';
import type { TransactionalProducer } from '../types.ts';
import { within } from '../connection/waiting.ts';
import type { Producer, Transaction } from '@homelab/kafkajs';

/** One kafkajs producer with a transactional id and its own connections. */
export interface TransactionLink {
  readonly producer: Pick<Producer, 'connect' | 'disconnect' | 'transaction'>;
  /** Ends it at once, dropping what is pending. */
  destroy(): void;
}

interface TransactionDeps {
  readonly link: TransactionLink;
  readonly transactionalId: string;
  readonly transactionTimeoutMs: number;
  readonly logger: EventLogger;
  readonly random?: () => number;
}

const disconnectTimeoutMs = 1_000;
/** The broker is still writing the markers of the previous transaction. */
const busyTimeoutMs = 15_000;

/** Broker errors for a producer that has been fenced by a newer one. */
const fencedCodes: ReadonlySet<string> = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
]);

/** Creates the producer described by {@link TransactionalProducer}. */
export function createTransactionalProducer(
  deps: TransactionDeps,
): TransactionalProducer {
  const { link, transactionalId, transactionTimeoutMs, logger } = deps;
  const { producer } = link;
  let closing: Promise<void> | undefined;
  /**
   * Nothing may follow a failure. kafkajs rolls back the sequence numbers of a failed
   * send although part of it may be written: the broker would take the next records for
   * duplicates and drop them silently.
   */
  let broken: KafkaError | undefined;

  const explained = (error: unknown): KafkaError => {
    const failure = toKafkaError(error);
    return fencedCodes.has(failure.code)
      ? fenced(transactionalId, transactionTimeoutMs, failure)
      : failure;
  };

  /** Opens a transaction; the first one of a kafkajs producer fences older producers. */
  async function begin(): Promise<Transaction> {
    try {
      return await producer.transaction();
    } catch (error) {
      throw explained(error);
    }
  }

  async function abort(transaction: Transaction): Promise<void> {
    try {
      await transaction.abort();
    } catch (error) {
      // The broker aborts it when it times out or when the next one begins.
      broken ??= explained(error);
      logger.debug(
        { event: 'kafka-abort-failed', transactionalId, err: error },
        'abort failed',
      );
    }
  }

  async function commit(transaction: Transaction): Promise<void> {
    try {
      await transaction.commit();
    } catch (error) {
      const failure = explained(error);
      broken =
        failure.code === kafkaClientCodes.fenced
          ? failure
          : outcomeUnknown(failure);
      throw broken;
    }
  }

  async function close(): Promise<void> {
    await within(producer.disconnect(), disconnectTimeoutMs);
    link.destroy();
  }

  return {
    async start() {
      try {
        await producer.connect();
      } catch (error) {
        throw toKafkaError(error);
      }
      // It is empty, so ending it sends the broker nothing.
      await abort(await begin());
      if (broken) throw broken;
    },
    async send(records) {
      if (broken) throw broken;
      if (closing) throw stopped();
      if (records.length === 0) return;
      const transaction = await begin();
      try {
        const missing = await whenNotBusy(
          () => sendThrough(transaction, records),
          deps.random,
        );
        if (missing.length > 0) throw partialSend(missing.length);
      } catch (error) {
        broken = explained(error);
        await abort(transaction);
        throw broken;
      }
      await commit(transaction);
    },
    stop() {
      closing ??= close();
      return closing;
    },
  };
}

/** Retries while the broker is busy with the previous transaction. */
async function whenNotBusy<T>(
  act: () => Promise<T>,
  random: (() => number) | undefined,
): Promise<T> {
  const backoff = createBackoff({ minMs: 10, maxMs: 500, random });
  const deadlineMs = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const { code } = toKafkaError(error);
      if (code !== 'CONCURRENT_TRANSACTIONS' || Date.now() > deadlineMs)
        throw error;
    }
    await new Promise(resolve => setTimeout(resolve, backoff.nextMs()));
  }
}

function fenced(
  transactionalId: string,
  timeoutMs: number,
  cause: KafkaError,
): KafkaError {
  return new KafkaError(
    `A newer producer with the transactional id ${transactionalId} has fenced this one, or a transaction took longer than ${timeoutMs / 1000} s; anything uncommitted is not in Kafka.`,
    { code: kafkaClientCodes.fenced, retryable: false, cause },
  );
}

function outcomeUnknown(cause: KafkaError): KafkaError {
  return new KafkaError(
    `Kafka did not confirm whether the last transaction was committed (${cause.message}); read it back before resending.`,
    { code: kafkaClientCodes.outcomeUnknown, retryable: false, cause },
  );
}

function partialSend(count: number): KafkaError {
  return new KafkaError(
    `Kafka did not acknowledge ${count} records of a transaction, so none were sent.`,
    { code: kafkaClientCodes.partialSend, retryable: true },
  );
}

function stopped(): KafkaError {
  return new KafkaError('The transactional Kafka producer is stopped.', {
    code: kafkaClientCodes.stopped,
    retryable: false,
  });
}
