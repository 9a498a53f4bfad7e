import { createLogLimiter } from '@homelab/service-kit';
import type { Logger } from '@homelab/service-kit';

/** Logs a warning at most once a minute per key, with the number suppressed. */
export type WarnSeldom = (
  key: string,
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void;

/** Creates the warner of one logger. */
export function createWarnSeldom(logger: Logger): WarnSeldom {
  const limiter = createLogLimiter();
  return (key, fields, message) => {
    const { log, suppressed } = limiter.admit(key);
    if (log) logger.warn({ ...fields, suppressed }, message);
  };
}
