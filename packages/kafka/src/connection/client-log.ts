import { logLevel } from '@homelab/kafkajs';
import type { LogEntry, logCreator } from '@homelab/kafkajs';
import { createLogLimiter } from '@homelab/service-kit';
import { closedMessage } from './sockets.ts';
import type { EventLogger } from '@homelab/service-kit';

/** States that clear by themselves at startup, after a restart or during a rebalance. */
const passingStates = [
  /coordinator/i,
  /rebalanc/i,
  /leadership election/i,
  /no leader/i,
  /in the middle of/i,
  /does not host this topic-partition/i,
];

/** Warnings about what we do on purpose: replacing a producer, closing its sockets. */
const ignoredMessages = [
  'Limiting retries for the idempotent producer',
  closedMessage,
];

/** A crash is already logged. */
const detailMessages = ['Restarting the consumer'];

const passingGraceMs = 10_000;

/**
 * Returns a kafkajs log creator that writes to `logger`. kafkajs retries most of what it
 * calls errors, so nothing is logged above warning; failures that matter reach the caller
 * as a KafkaError. Each message is logged once a minute with the number suppressed, and a
 * transient state only after it has lasted 10 seconds.
 */
export function createKafkajsLog(
  logger: EventLogger,
  now: () => number = Date.now,
): logCreator {
  const limiter = createLogLimiter({ now });
  const passing = createPassingStates(now);
  return () =>
    ({ namespace, level, log }: LogEntry) => {
      const { message } = log;
      if (ignoredMessages.some(ignored => message.includes(ignored))) return;
      const fields = {
        event: 'kafka-client',
        namespace,
        detail: message,
        ...pick(log, [
          'broker',
          'groupId',
          'topic',
          'partition',
          'retryCount',
          'error',
        ]),
      };
      if (
        level > logLevel.WARN ||
        detailMessages.some(detail => message.includes(detail))
      ) {
        logger.debug(fields, 'kafka client');
        return;
      }
      // A refused request is logged as "Response Produce", with the reason in a field.
      const text =
        typeof log.error === 'string' ? `${message} ${log.error}` : message;
      const key = `${namespace} ${text.replaceAll(/\d+/g, '#')}`;
      if (passing.isYoung(key, text)) {
        logger.debug(fields, 'kafka client');
        return;
      }
      const { log: admitted, suppressed } = limiter.admit(key);
      if (admitted) logger.warn({ ...fields, suppressed }, 'kafka client');
    };
}

/** Remembers when a transient state was first reported. */
function createPassingStates(now: () => number) {
  const spans = new Map<string, { sinceMs: number; lastMs: number }>();
  return {
    isYoung(key: string, message: string): boolean {
      if (!passingStates.some(pattern => pattern.test(message))) return false;
      const known = spans.get(key);
      const nowMs = now();
      const continues =
        known !== undefined && nowMs - known.lastMs < passingGraceMs;
      const sinceMs = continues ? known.sinceMs : nowMs;
      if (spans.size > 100) spans.clear();
      spans.set(key, { sinceMs, lastMs: nowMs });
      return nowMs - sinceMs < passingGraceMs;
    },
  };
}

/** Logs an error by its message: the logger would otherwise keep only its name. */
function pick(log: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(log)
      .filter(([name]) => names.includes(name))
      .map(([name, value]) => [
        name,
        value instanceof Error ? value.message : value,
      ]),
  );
}
