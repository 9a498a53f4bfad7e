import { createBackoff, createLogLimiter } from '@homelab/service-kit';
import type { EventLogger } from '@homelab/service-kit';
import { toKafkaError } from '../connection/errors.ts';
import type { OutgoingRecord } from '../types.ts';
import { within } from '../connection/waiting.ts';
import type { StopSwitch } from '../connection/waiting.ts';

/**
 * An idempotent producer of a client library, with its own connections; discarded after a
 * failed send.
 */
export interface ProducerLink {
  connect(): Promise<void>;
  /** Sends records once, in order; resolves when the broker has acknowledged them all. */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  disconnect(): Promise<void>;
  isConnected(): boolean;
  /** Ends it at once, dropping what is pending. */
  destroy(): void;
}

/** Makes a link; `onLost` is called when its last connection is gone. */
export type CreateLink = (onLost: () => void) => ProducerLink;

/** The one link of a producer that is in use, kept connected. */
export interface ProducerConnection {
  /** Tries until connected; only a stop ends that. */
  start(): Promise<void>;
  /** The link to send with; connects it first when it is not. */
  ready(): Promise<ProducerLink>;
  /** Replaces the link with a new one. */
  replace(failed: ProducerLink, code: string): void;
  /** Closes for good; gracefully when nothing is pending. */
  close(options: { politely: boolean }): Promise<void>;
  isConnected(): boolean;
  /** Why the last attempt to connect failed; undefined when connected. */
  failure(): string | undefined;
}

const disconnectTimeoutMs = 1_000;

/** Creates the connection; opens nothing before `start` or `ready`. */
export function createProducerConnection(deps: {
  createLink: CreateLink;
  stopSwitch: StopSwitch;
  logger: EventLogger;
  now: () => number;
  random: (() => number) | undefined;
}): ProducerConnection {
  const { createLink, stopSwitch, logger, now, random } = deps;
  const limiter = createLogLimiter({ now });
  let link: ProducerLink | undefined;
  let connecting: Promise<void> | undefined;
  let reconnecting = false;
  let failure: string | undefined;

  function open(): ProducerLink {
    const opened: ProducerLink = createLink(() => {
      if (opened === link) keepConnected();
    });
    link = opened;
    connecting = undefined;
    return opened;
  }

  /** One connect at a time: each gives the producer a new id. */
  function connect(): Promise<void> {
    const current = link ?? open();
    connecting ??= current.connect().finally(() => {
      if (current === link) connecting = undefined;
    });
    return stopSwitch.race(connecting);
  }

  async function connectUntilStopped(): Promise<void> {
    const backoff = createBackoff({ minMs: 200, maxMs: 2_000, random });
    for (;;) {
      stopSwitch.throwIfStopped();
      try {
        await connect();
        if (link?.isConnected()) {
          failure = undefined;
          return;
        }
      } catch (error) {
        stopSwitch.throwIfStopped();
        failure = toKafkaError(error).message;
      }
      await stopSwitch.sleep(backoff.nextMs());
    }
  }

  /** An idle producer would notice that a broker is back only at its next send. */
  function keepConnected(): void {
    if (reconnecting || stopSwitch.stopped) return;
    reconnecting = true;
    connectUntilStopped()
      .catch((error: unknown) => {
        logger.debug(
          { event: 'kafka-reconnect-ended', err: error },
          'reconnect ended',
        );
      })
      .finally(() => {
        reconnecting = false;
      });
  }

  return {
    start: connectUntilStopped,
    async ready() {
      if (link === undefined || !link.isConnected()) await connect();
      return link ?? open();
    },
    replace(failed, code) {
      const { log, suppressed } = limiter.admit(code);
      if (log) {
        logger.warn(
          { event: 'kafka-producer-replaced', code, suppressed },
          'kafka producer replaced',
        );
      }
      failed.destroy();
      if (link !== failed) return;
      open();
      // Without another send, the new one would stay unconnected and not ready.
      keepConnected();
    },
    async close({ politely }) {
      const last = link;
      link = undefined;
      if (last === undefined) return;
      if (politely) await within(last.disconnect(), disconnectTimeoutMs);
      last.destroy();
    },
    isConnected: () => link?.isConnected() ?? false,
    failure: () => failure,
  };
}
