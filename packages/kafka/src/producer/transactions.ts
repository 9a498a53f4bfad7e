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
import type { Producer, Transaction } from 'kafkajs';

/** One kafkajs producer with a transactional id and its own connections. */
export interface TransactionLink {
  readonly producer: Pick<Producer, 'connect' | 'disconnect' | 'transaction'>;
  /** Ends it at once, with whatever is pending. */
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
/** The broker still writes the markers of the transaction before. */
const busyTimeoutMs = 15_000;

/** What brokers answer to a producer whose place another one has taken. */
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
   * Nothing may follow a failure. kafkajs takes the sequence numbers of a failed send
   * back although a part of it may be written: under the same numbers the broker would
   * take the next records for repetitions and drop them without a word.
   */
  let broken: KafkaError | undefined;

  const explained = (error: unknown): KafkaError => {
    const failure = toKafkaError(error);
    return fencedCodes.has(failure.code)
      ? fenced(transactionalId, transactionTimeoutMs, failure)
      : failure;
  };

  /** Opens a transaction; the first one of a kafkajs producer shuts older ones out. */
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
      // The broker aborts it by itself when its time is over, or when the next one begins.
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
      // Nothing is in it, so ending it asks the broker for nothing.
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

/** Tries again while the broker is busy with the transaction before this one. */
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
    `Another producer with the transactional id ${transactionalId} has begun meanwhile and shut this one out, or a transaction took longer than ${timeoutMs / 1000} s; what was not committed is not in Kafka.`,
    { code: kafkaClientCodes.fenced, retryable: false, cause },
  );
}

function outcomeUnknown(cause: KafkaError): KafkaError {
  return new KafkaError(
    `Kafka did not answer whether the last transaction is committed (${cause.message}); read it back before sending the same again.`,
    { code: kafkaClientCodes.outcomeUnknown, retryable: false, cause },
  );
}

function partialSend(count: number): KafkaError {
  return new KafkaError(
    `Kafka did not acknowledge ${count} records of a transaction, so none of it is sent.`,
    { code: kafkaClientCodes.partialSend, retryable: true },
  );
}

function stopped(): KafkaError {
  return new KafkaError('The transactional Kafka producer is stopped.', {
    code: kafkaClientCodes.stopped,
    retryable: false,
  });
}
