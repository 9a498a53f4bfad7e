/**
 * A failure of the Kafka client. `code` is Kafka's own error name where the broker
 * answered (`UNKNOWN_TOPIC_OR_PARTITION`) and one of {@link kafkaClientCodes} otherwise.
 */
export class KafkaError extends Error {
  readonly code: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;

  constructor(
    message: string,
    options: { code: string; retryable: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'KafkaError';
    this.code = options.code;
    this.retryable = options.retryable;
  }
}

/** Codes that do not come from a broker. */
export const kafkaClientCodes = {
  connectionFailed: 'CONNECTION_FAILED',
  requestTimeout: 'REQUEST_TIMEOUT',
  partialSend: 'PARTIAL_SEND',
  queueFull: 'QUEUE_FULL',
  stopped: 'STOPPED',
  stopTimeout: 'STOP_TIMEOUT',
  handlerFailed: 'HANDLER_FAILED',
  staleBatch: 'STALE_BATCH',
  fenced: 'FENCED',
  outcomeUnknown: 'OUTCOME_UNKNOWN',
  other: 'KAFKA_CLIENT',
} as const;

const codeOfName: Readonly<Record<string, string>> = {
  KafkaJSConnectionError: kafkaClientCodes.connectionFailed,
  KafkaJSConnectionClosedError: kafkaClientCodes.connectionFailed,
  KafkaJSBrokerNotFound: kafkaClientCodes.connectionFailed,
  KafkaJSNoBrokerAvailableError: kafkaClientCodes.connectionFailed,
  KafkaJSRequestTimeoutError: kafkaClientCodes.requestTimeout,
  KafkaJSTimeout: kafkaClientCodes.requestTimeout,
  KafkaJSLockTimeout: kafkaClientCodes.requestTimeout,
};

/** Broker answers that mean: this member no longer holds its partitions. */
const rebalanceCodes: ReadonlySet<string> = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
  'FENCED_INSTANCE_ID',
]);

/** True when the error says that the consumer group is rebalancing. */
export function isRebalance(error: KafkaError): boolean {
  return rebalanceCodes.has(error.code);
}

/** Converts any thrown value to a {@link KafkaError}, unwrapping kafkajs errors. */
export function toKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const root = rootError(error);
  const code = codeOf(root);
  return new KafkaError(textOf(root), {
    code,
    retryable: isRetryable(root, code),
    cause: error,
  });
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly type?: unknown;
  readonly retriable?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null;
}

/** kafkajs wraps an error once per layer; the innermost one carries the type. */
function rootError(error: unknown): ErrorLike {
  let current: ErrorLike = isErrorLike(error)
    ? error
    : { message: String(error) };
  for (let depth = 0; depth < 10; depth += 1) {
    const inner: unknown = Array.isArray(current.errors)
      ? current.errors[0]
      : current.cause;
    if (typeof current.type === 'string' || !isErrorLike(inner)) break;
    current = inner;
  }
  return current;
}

function codeOf(error: ErrorLike): string {
  if (typeof error.type === 'string') return error.type;
  return codeOfName[String(error.name)] ?? kafkaClientCodes.other;
}

function isRetryable(error: ErrorLike, code: string): boolean {
  if (rebalanceCodes.has(code)) return true;
  if (
    code === kafkaClientCodes.connectionFailed ||
    code === kafkaClientCodes.requestTimeout
  ) {
    return true;
  }
  return error.retriable === true;
}

function textOf(error: ErrorLike): string {
  return typeof error.message === 'string' && error.message !== ''
    ? error.message
    : 'The Kafka client failed without a message.';
}
