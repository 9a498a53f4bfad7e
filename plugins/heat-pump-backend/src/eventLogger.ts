import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { EventLogger } from '@homelab/service-kit';

type Fields = Record<string, string | number | boolean | null>;

function asFields(fields: object): Fields {
  const plain: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (
      value === null ||
      ['string', 'number', 'boolean'].includes(typeof value)
    ) {
      plain[name] = value;
    } else {
      plain[name] =
        value instanceof Error ? stringifyError(value) : String(value);
    }
  }
  return plain;
}

/** Lets the Kafka client write to the logger of the portal. */
export function toEventLogger(logger: LoggerService): EventLogger {
  return {
    debug: (fields, message) => logger.debug(message, asFields(fields)),
    info: (fields, message) => logger.info(message, asFields(fields)),
    warn: (fields, message) => logger.warn(message, asFields(fields)),
    error: (fields, message) => logger.error(message, asFields(fields)),
  };
}
