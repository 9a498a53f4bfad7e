import { ServiceUnavailableError } from '@backstage/errors';
import { KafkaClusterError } from '../services/KafkaCluster';

/**
 * What Kafka does not answer is nobody's mistake here. Backstage would say the sentence of a
 * cause once more, so it is not given as one.
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
