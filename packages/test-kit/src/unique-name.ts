import { randomBytes } from 'node:crypto';

/**
 * A name that no other test has, such as `energy-3f9a0c71b2d4`: valid for Kafka and MQTT
 * topics, consumer groups, client ids, device ids and, quoted, for databases.
 */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}
