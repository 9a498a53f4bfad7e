import { createLogLimiter } from '@homelab/service-kit';
import type { Logger } from '@homelab/service-kit';
import { toCanonical } from './devices/canonical.ts';
import type { SimulatedMessage } from './devices/simulated-message.ts';
import { mqttMessagesOf } from './devices/mqtt-messages.ts';
import type { MqttMessage } from './devices/mqtt-messages.ts';
import type { PublishedFormat } from './devices/device-message.ts';
import type { SimulatorMetrics } from './metrics.ts';
import type { MqttPublisher } from './mqtt-publisher.ts';

/** Publishes device messages over MQTT. */
export interface MessagePublishing {
  /**
   * Publishes live messages as the devices would: a few wait for their turn, those that
   * cannot be sent are lost and counted. Resolves when all that were sent are acknowledged.
   */
  publishLive(messages: readonly SimulatedMessage[]): Promise<void>;
  /**
   * Publishes history in order as canonical messages, as fast as the broker takes them
   * and through lost connections. Gives how many were acknowledged and how many refused;
   * rejects when the signal aborts before the last acknowledgement.
   */
  publishHistory(
    messages: Iterable<SimulatedMessage>,
    signal: AbortSignal,
  ): Promise<{ published: number; refused: number }>;
}

/** Most live messages that wait for their turn: a gateway publishes all its values at once. */
const maxWaitingLive = 200;

/** Creates the publishing of device messages over a publisher. */
export function createMessagePublishing(deps: {
  publisher: Pick<
    MqttPublisher,
    'connection' | 'window' | 'pending' | 'publish'
  >;
  metrics: SimulatorMetrics;
  logger: Logger;
}): MessagePublishing {
  const { publisher, metrics, logger } = deps;
  const limiter = createLogLimiter();
  const inFlight = new Set<Promise<boolean>>();
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Gives true once the broker has acknowledged the message, false when it refuses. */
  function send(
    format: PublishedFormat,
    { mqttTopic, text, retain }: MqttMessage,
  ): Promise<boolean> {
    const sending = publisher
      .publish(mqttTopic, text, { retain })
      .then(() => {
        metrics.published.inc({ format });
        return true;
      })
      .catch((error: unknown) => {
        noteRefusal(format, error);
        return false;
      })
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    return sending;
  }

  function noteRefusal(format: PublishedFormat, error: unknown): void {
    metrics.failures.inc({ format, reason: 'refused' });
    const { log, suppressed } = limiter.admit('refused');
    if (!log) return;
    logger.warn(
      { event: 'publish-failed', format, suppressed, err: error },
      'a message was not published',
    );
  }

  async function untilWindowOpens(): Promise<void> {
    while (publisher.pending >= publisher.window && inFlight.size > 0) {
      await Promise.race(inFlight);
    }
  }

  /** Sends in the order of the calls; messages that cannot be sent now are lost. */
  function sendInTurn(
    format: PublishedFormat,
    message: MqttMessage,
  ): Promise<unknown> {
    const canSend = () => publisher.connection().ok;
    const lose = () => metrics.failures.inc({ format, reason: 'disconnected' });
    if (!canSend() || waiting >= maxWaitingLive) {
      lose();
      return Promise.resolve();
    }
    waiting += 1;
    const sent = turn.then(async () => {
      await untilWindowOpens();
      waiting -= 1;
      if (!canSend()) return lose();
      // The next one need not wait for the acknowledgement of this one.
      return { acknowledged: send(format, message) };
    });
    turn = sent;
    return sent.then(result => result?.acknowledged);
  }

  return {
    async publishLive(messages) {
      const sending = messages.flatMap(each =>
        mqttMessagesOf(each).map(message => sendInTurn(each.format, message)),
      );
      await Promise.all(sending);
    },

    async publishHistory(messages, signal) {
      const count = { published: 0, refused: 0 };
      for (const each of messages) {
        await untilWindowOpens();
        signal.throwIfAborted();
        const { mqttTopic, payload } = toCanonical(each);
        const text = JSON.stringify(payload);
        const message = { mqttTopic, text, retain: false };
        void send('canonical', message).then(acknowledged => {
          count[acknowledged ? 'published' : 'refused'] += 1;
        });
      }
      await Promise.all(inFlight);
      signal.throwIfAborted();
      return count;
    },
  };
}
