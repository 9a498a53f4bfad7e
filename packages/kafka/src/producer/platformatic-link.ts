import { compatibilityPartitioner, Producer } from '@platformatic/kafka';
import type { MessageToProduce } from '@platformatic/kafka';
import { fromPlatformatic } from '../connection/platformatic-errors.ts';
import type { ProducerLink } from './producer-connection.ts';
import { platformaticSecurity } from '../connection/security.ts';
import type { KafkaSecurity, OutgoingRecord } from '../types.ts';

type BufferMessage = MessageToProduce<Buffer, Buffer, Buffer, Buffer>;

/**
 * Covers a leader election, and the moment when a new topic's leader does not know it
 * yet. Longer outages are left to the caller of `send`.
 */
const retry = { retries: 5, retryDelay: 200 };

/** Creates a link over @platformatic/kafka, with its own connections. */
export function createPlatformaticLink(deps: {
  brokers: readonly string[];
  clientId: string;
  security?: KafkaSecurity;
  connectionTimeoutMs: number;
  requestTimeoutMs: number;
  /** Called when the last connection is gone. */
  onLost: () => void;
}): ProducerLink {
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    ...retry,
    bootstrapBrokers: [...deps.brokers],
    clientId: deps.clientId,
    ...platformaticSecurity(deps.security ?? {}, deps.brokers),
    connectTimeout: deps.connectionTimeoutMs,
    requestTimeout: deps.requestTimeoutMs,
    timeout: deps.requestTimeoutMs,
    idempotent: true,
    autocreateTopics: false,
    // Its default chooses different partitions from every other client.
    partitioner: compatibilityPartitioner,
  });
  const toMessage = createMessageMaker();
  let destroyed = false;
  producer.on('client:broker:disconnect', () => {
    // The pool emits this before it removes the connection.
    queueMicrotask(() => {
      if (!destroyed && !producer.connections.isActive()) deps.onLost();
    });
  });
  return {
    async connect() {
      await asKafkaError(producer.initIdempotentProducer({}));
    },
    async send(records) {
      // Resolves only when every partition of every broker was acknowledged.
      await asKafkaError(producer.send({ messages: records.map(toMessage) }));
    },
    async disconnect() {
      destroyed = true;
      await producer.close();
    },
    isConnected: () => !destroyed && producer.isConnected(),
    destroy() {
      destroyed = true;
      producer.close(true).catch(() => {});
    },
  };
}

/** The outcome; every failure becomes a `KafkaError`. */
async function asKafkaError<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    throw fromPlatformatic(error);
  }
}

/** There are few header names, the same on every record. */
const maxRememberedNames = 1_000;

function createMessageMaker(): (record: OutgoingRecord) => BufferMessage {
  const names = new Map<string, Buffer>();
  let keyless = 0;

  function nameBytes(name: string): Buffer {
    const known = names.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.from(name);
    if (names.size < maxRememberedNames) names.set(name, bytes);
    return bytes;
  }

  function headersOf(record: OutgoingRecord): Map<Buffer, Buffer> | undefined {
    const { headers } = record;
    if (headers === undefined) return undefined;
    const bytes = new Map<Buffer, Buffer>();
    for (const name in headers)
      bytes.set(nameBytes(name), bytesOf(headers[name] ?? ''));
    return bytes;
  }

  return record => {
    const { topic, key, value, timestampMs } = record;
    let { partition } = record;
    if (key === null && partition === undefined) {
      // Taken modulo the number of partitions.
      partition = keyless;
      keyless = (keyless + 1) % 0x7fff_ffff;
    }
    return {
      topic,
      key: key === null ? undefined : bytesOf(key),
      // The client sends an absent value as a null one; its types do not know that.
      value: value === null ? (undefined as unknown as Buffer) : bytesOf(value),
      headers: headersOf(record),
      partition,
      timestamp: timestampMs === undefined ? undefined : BigInt(timestampMs),
    };
  };
}

function bytesOf(part: Buffer | string): Buffer {
  return typeof part === 'string' ? Buffer.from(part) : part;
}
