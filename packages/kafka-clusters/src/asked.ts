import { ServiceUnavailableError } from '@backstage/errors';
import { KafkaClusterError } from './problems';

/**
 * Turns Kafka failures into 503. The error is not set as the cause, because Backstage
 * would append its message.
 */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KafkaClusterError)
      throw new ServiceUnavailableError(error.message);
    throw error;
  }
}
