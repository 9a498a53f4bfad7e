import { findErrorBy, NetworkError } from '@platformatic/kafka';
import { KafkaError, kafkaClientCodes } from './errors.ts';

/** Converts an error of @platformatic/kafka. */
export function fromPlatformatic(error: unknown): KafkaError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const answer = findErrorBy(cause, 'code', 'PLT_KFK_PROTOCOL');
  if (answer !== null) {
    return new KafkaError(answer.message, {
      code: String(answer.apiId),
      retryable: answer.canRetry === true,
      cause,
    });
  }
  const network = findErrorBy(cause, 'code', NetworkError.code);
  if (network !== null) {
    return new KafkaError(reasonOf(network), {
      code: kafkaClientCodes.connectionFailed,
      retryable: true,
      cause,
    });
  }
  // The library drops a missing Kafka topic from its metadata, without an error code.
  const isMissingTopic = /^Unknown topic /.test(cause.message);
  return new KafkaError(cause.message, {
    code: isMissingTopic
      ? 'UNKNOWN_TOPIC_OR_PARTITION'
      : kafkaClientCodes.other,
    retryable: isMissingTopic,
    cause,
  });
}

/** The system's message, which is nested below the library's. */
function reasonOf(network: Error): string {
  const reasons: string[] = [];
  for (
    let current: unknown = network;
    current instanceof Error;
    current = current.cause
  )
    reasons.push(current.message);
  return reasons.join(': ');
}
