import {
  AuthenticationError,
  NetworkError,
  ProtocolError,
  protocolErrors,
  protocolErrorsCodesById,
  TimeoutError,
  UnsupportedCompressionError,
  UserError,
} from '@platformatic/kafka';
import type { Problem } from './types';

/** Our own codes, for failures that no broker reported. */
export const problemCodes = {
  timeout: 'REQUEST_TIMEOUT',
  unreachable: 'BROKER_UNREACHABLE',
  refusedLogin: 'SASL_AUTHENTICATION_FAILED',
  unsupportedVersion: 'UNSUPPORTED_VERSION',
  unsupportedType: 'UNSUPPORTED_GROUP_TYPE',
  unreadable: 'UNREADABLE_ANSWER',
  notAnswered: 'NOT_ANSWERED',
  tooMuchAborted: 'TOO_MUCH_ABORTED',
  closed: 'CLOSED',
} as const;

/** Why a request failed as a whole; `code` is Kafka's own error name or one of ours. */
export class KafkaClusterError extends Error {
  readonly code: string;
  /** Whether a retry may succeed without anyone intervening. */
  readonly retryable: boolean;

  constructor(
    { code, message }: Problem,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'KafkaClusterError';
    this.code = code;
    this.retryable = options.retryable ?? passing.has(code);
  }
}

/** Errors of a broker that is down or no longer the one to ask. */
const wrongBroker = [
  problemCodes.timeout,
  problemCodes.unreachable,
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'REPLICA_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'UNKNOWN_TOPIC_ID',
  'INCONSISTENT_TOPIC_ID',
];

/** Errors that pass by themselves or after a metadata refresh. */
const passing: ReadonlySet<string> = new Set([
  ...wrongBroker,
  'COORDINATOR_LOAD_IN_PROGRESS',
  'OFFSET_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'REBALANCE_IN_PROGRESS',
]);

/** Kafka's name of an error number. */
export function errorName(code: number): string {
  return protocolErrorsCodesById[code] ?? `UNKNOWN_ERROR_${code}`;
}

/** Describes a broker's error number for a subject such as `Topic "a"`; undefined for 0. */
export function problemOf(code: number, subject: string): Problem | undefined {
  if (code === 0) return undefined;
  const name = errorName(code);
  return { code: name, message: sentenceOf(name, subject) };
}

/** How to fix the most common problems; Kafka's own message for the rest. */
export function sentenceOf(name: string, subject: string): string {
  switch (name) {
    case 'GROUP_AUTHORIZATION_FAILED':
      return `${subject} cannot be read: grant the portal's Kafka user Describe on it (Read to commit).`;
    case 'TOPIC_AUTHORIZATION_FAILED':
      return `${subject} cannot be read: grant the portal's Kafka user Describe on it (Read for its records).`;
    case 'CLUSTER_AUTHORIZATION_FAILED':
      return `${subject} cannot be read: grant the portal's Kafka user Describe on the cluster.`;
    case 'NOT_LEADER_OR_FOLLOWER':
      return `${subject} is moving to another leader: it can be read again once that is done.`;
    case 'LEADER_NOT_AVAILABLE':
      return `${subject} has no leader at the moment: start the broker that holds it.`;
    case 'COORDINATOR_NOT_AVAILABLE':
      return `${subject} has no coordinator at the moment: start the broker that holds its partition of __consumer_offsets.`;
    case 'COORDINATOR_LOAD_IN_PROGRESS':
      return `${subject} is still being loaded by its broker: this takes a few seconds after a restart.`;
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      return `${subject} does not exist.`;
    case 'UNKNOWN_MEMBER_ID':
    case 'NON_EMPTY_GROUP':
      return `${subject} has members: stop all its consumers, then commit again.`;
    default: {
      const known = Object.values(protocolErrors).find(one => one.id === name);
      return `${subject} could not be read: ${known?.message ?? name}`;
    }
  }
}

/** Describes why a request to a broker failed. */
export function problemOfFailure(error: unknown, subject: string): Problem {
  if (error instanceof KafkaClusterError)
    return { code: error.code, message: error.message };
  if (findCause(error, AuthenticationError))
    return {
      code: problemCodes.refusedLogin,
      message: `${subject} refused the portal's Kafka user: check "sasl" in the configuration of this cluster.`,
    };
  if (error instanceof TimeoutError)
    return {
      code: problemCodes.timeout,
      message: `${subject} did not answer in time: check whether it is overloaded or hangs.`,
    };
  // The latter when one side speaks TLS and the other does not.
  if (error instanceof NetworkError || error instanceof UserError)
    return {
      code: problemCodes.unreachable,
      message: `${subject} cannot be reached (${deepestMessage(error)}): check that it is running and that the portal can reach its address.`,
    };
  if (error instanceof UnsupportedCompressionError)
    return {
      code: 'UNSUPPORTED_COMPRESSION_TYPE',
      message: `${subject} sent records in a compression format that cannot be read.`,
    };
  if (error instanceof ProtocolError && typeof error.apiId === 'string')
    return { code: error.apiId, message: sentenceOf(error.apiId, subject) };
  return {
    code: problemCodes.unreadable,
    message: `${subject} sent a response that could not be read: ${deepestMessage(error)}.`,
  };
}

/** Whether to look up the current leader or coordinator and retry. */
export function mayHaveMoved({ code }: Problem): boolean {
  return moved.has(code);
}

const moved: ReadonlySet<string> = new Set([
  ...wrongBroker,
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

/** The problem of a group or partition that a broker left out of its response. */
export function leftOut(subject: string): Problem {
  return {
    code: problemCodes.notAnswered,
    message: `${subject} is missing from the response of its broker.`,
  };
}

function findCause(
  error: unknown,
  kind: new (message: string) => Error,
): boolean {
  if (error instanceof kind) return true;
  return error instanceof Error && findCause(error.cause, kind);
}

function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return deepestMessage(error.cause);
  // Node collects the errors of each address of a name, with an empty message of its own.
  if (error instanceof AggregateError && error.errors.length > 0)
    return deepestMessage(error.errors[0]);
  return error.message;
}
