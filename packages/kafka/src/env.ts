import { envField } from '@homelab/service-kit';
import { z } from 'zod';

/** `KAFKA_BROKERS` (`host:port`, separated by commas) and, optionally, `KAFKA_CLIENT_ID`. */
export const kafkaEnv = {
  KAFKA_BROKERS: z.string().transform((text, context) => {
    const brokers = text.split(',').map(broker => broker.trim());
    if (brokers.every(isHostAndPort)) return brokers;
    context.addIssue('it must list brokers as host:port, separated by commas');
    return z.NEVER;
  }),
  KAFKA_CLIENT_ID: envField.text().optional(),
};

/**
 * Kafka brokers in a configuration file, `host:port` each: a list or a comma-separated
 * string.
 */
export const brokerListField = z
  .union([z.string().transform(list => list.split(',')), z.array(z.string())])
  .transform(brokers => brokers.map(broker => broker.trim()))
  .pipe(z.array(z.string().refine(isHostAndPort, 'must be host:port')).min(1));

function isHostAndPort(text: string): boolean {
  const [, port] = /^[\w.-]+:(\d{1,5})$/.exec(text) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}
