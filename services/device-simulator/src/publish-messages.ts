import { createLogLimiter } from '@homelab/service-kit';
import type { Logger } from '@homelab/service-kit';
import { toCanonical } from './devices/canonical.ts';
import type { DeviceMessage } from './devices/device-message.ts';
import type { PublishedFormat } from './devices/said.ts';
import type { SimulatorMetrics } from './metrics.ts';
import type { MqttPublisher } from './mqtt-publisher.ts';

/** Puts what devices say on MQTT. */
export interface MessagePublishing {
  /**
   * Publishes live messages as the devices would: what cannot leave now is lost and
   * counted. Resolves when all that left are acknowledged.
   */
  publishLive(messages: readonly DeviceMessage[]): Promise<void>;
  /**
   * Publishes history in order as canonical messages, as fast as the broker takes them
   * and through lost connections. Gives how many were acknowledged and how many refused; rejects when
   * the signal was given before the last acknowledgement.
   */
  publishHistory(
    messages: Iterable<DeviceMessage>,
    signal: AbortSignal,
  ): Promise<{ published: number; refused: number }>;
}

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

  async function send(
    format: PublishedFormat,
    message: { mqttTopic: string; payload: object },
  ): Promise<boolean> {
    try {
      await publisher.publish(
        message.mqttTopic,
        JSON.stringify(message.payload),
      );
      metrics.published.inc({ format });
      return true;
    } catch (error) {
      metrics.failures.inc({ format, reason: 'refused' });
      const { log, suppressed } = limiter.admit('refused');
      if (log) {
        logger.warn(
          { event: 'publish-failed', format, suppressed, err: error },
          'a message was not published',
        );
      }
      return false;
    }
  }

  function mayLeave(): boolean {
    return publisher.connection().ok && publisher.pending < publisher.window;
  }

  return {
    async publishLive(messages) {
      const leaving: Promise<boolean>[] = [];
      for (const message of messages) {
        if (mayLeave()) leaving.push(send(message.format, message));
        else
          metrics.failures.inc({
            format: message.format,
            reason: 'disconnected',
          });
      }
      await Promise.all(leaving);
    },

    async publishHistory(messages, signal) {
      const inFlight = new Set<Promise<void>>();
      const count = { published: 0, refused: 0 };
      const sendCounted = async (message: DeviceMessage) => {
        const acknowledged = await send('canonical', toCanonical(message));
        count[acknowledged ? 'published' : 'refused'] += 1;
      };
      for (const message of messages) {
        while (inFlight.size >= publisher.window) await Promise.race(inFlight);
        signal.throwIfAborted();
        const sending = sendCounted(message).then(() => {
          inFlight.delete(sending);
        });
        inFlight.add(sending);
      }
      await Promise.all(inFlight);
      signal.throwIfAborted();
      return count;
    },
  };
}
