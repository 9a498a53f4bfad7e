import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { HomelabApiError } from '@homelab/homelab-api-client';

/** What the page is told when the Homelab API does not answer as asked; the log gets the cause. */
export function asBackstageError(error: unknown, logger: LoggerService): Error {
  if (!(error instanceof HomelabApiError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error.code === 'device_unknown') return new NotFoundError(error.message);
  if (error.status === 400 || error.status === 422) {
    return new InputError(`The request is not valid: ${error.message}`);
  }
  logger.warn('stored readings cannot be read', {
    code: error.code,
    error: stringifyError(error.cause ?? error),
  });
  return new ServiceUnavailableError(error.message);
}
