import { isIP } from 'node:net';
import type { ConnectionOptions } from '@platformatic/kafka';
import type { KafkaConfig } from '@homelab/kafkajs';
import type { KafkaSecurity } from '../types.ts';

/** The TLS and SASL options for kafkajs. */
export function kafkajsSecurity({
  tls,
  sasl,
}: KafkaSecurity): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls && { ssl: tls === true ? true : { ...tls } }),
    ...(sasl && { sasl: kafkajsSasl(sasl) }),
  };
}

const kafkajsMechanisms = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
} as const;

function kafkajsSasl(
  sasl: NonNullable<KafkaSecurity['sasl']>,
): KafkaConfig['sasl'] {
  const { username, password } = sasl;
  // One return for each: kafkajs types each mechanism separately.
  switch (kafkajsMechanisms[sasl.mechanism]) {
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
    default:
      return { mechanism: 'plain', username, password };
  }
}

/** The TLS and SASL options for @platformatic/kafka. */
export function platformaticSecurity(
  { tls, sasl }: KafkaSecurity,
  brokers: readonly string[],
): Pick<ConnectionOptions, 'tls' | 'tlsServerName' | 'sasl'> {
  return {
    ...(tls && {
      tls: tls === true ? {} : { ...tls },
      // SNI needs a host name; an IP address is not allowed.
      tlsServerName: !brokers.some(isAddress),
    }),
    ...(sasl && { sasl: { ...sasl } }),
  };
}

function isAddress(broker: string): boolean {
  const host = broker.slice(0, broker.lastIndexOf(':'));
  return isIP(host.replaceAll(/^\[|\]$/g, '')) !== 0;
}
