import { ServiceUnavailableError } from '@backstage/errors';
import { KafkaClusterError } from './problems';

/**
 * Turns what Kafka does not answer into 503: it is nobody's mistake here. The error is not
 * given as a cause, whose sentence Backstage would append.
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
