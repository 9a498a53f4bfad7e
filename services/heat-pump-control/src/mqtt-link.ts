import { setTimeout as delay } from 'node:timers/promises';
import type { WriteMessage } from '@homelab/heat-pump-settings';
import { createBackoff } from '@homelab/service-kit';
import type { ConnectionState, Logger } from '@homelab/service-kit';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';

/** A message that arrived. */
export interface ReceivedMessage {
  readonly mqttTopic: string;
  readonly payload: string;
  readonly isRetained: boolean;
}

/** What the broker said to a message. */
export type PublishResult =
  /** It has it. */
  | { readonly kind: 'taken' }
  /** It will not pass it on; `detail` says why. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** The connection broke or the broker was silent: it may have it. It is not sent again. */
  | { readonly kind: 'unknown' };

/** The connection to the broker: reports come in, settings go out. */
export interface MqttLink {
  start(): void;
  /** Ends the connection. May be called twice. */
  stop(): Promise<void>;
  connection(): ConnectionState;
  /** Whether the broker has confirmed that it sends the reports. */
  isReady(): boolean;
  /**
   * Publishes once, with QoS 1, never retained; the broker drops it after `expiresInMs` when the
   * device is not there.
   */
  publish(message: WriteMessage, expiresInMs: number): Promise<PublishResult>;
}

const connectTimeoutMs = 5_000;
const publishTimeoutMs = 5_000;
/** What reports is small; anything longer is something else. */
const maxPayloadBytes = 64 * 1024;
const smallestRefusal = 0x80;

/** Creates the link; `onMessage` gets every message of the filters. */
export function createMqttLink(options: {
  url: string;
  username: string;
  password: string;
  clientId: string;
  filters: readonly string[];
  logger: Logger;
  onMessage(message: ReceivedMessage): void;
}): MqttLink {
  const { url, username, password, clientId, filters, logger } = options;
  const backoff = createBackoff({ minMs: 500, maxMs: 15_000 });
  let client: MqttClient | undefined;
  let subscribed = false;
  let detail = 'not started';

  async function subscribe(opened: MqttClient): Promise<void> {
    try {
      await opened.subscribeAsync([...filters], { qos: 1 });
      subscribed = true;
      logger.info({ event: 'mqtt-subscribed' }, 'following reports');
    } catch (error) {
      detail = `the broker refused a subscription: ${textOf(error)}`;
      logger.error({ event: 'mqtt-refused', err: error }, 'no subscription');
    }
  }

  function start(): void {
    const opened = connect(url, {
      protocolVersion: 5,
      // What was sent while nobody listened is of no use.
      clean: true,
      clientId,
      username,
      password,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: backoff.nextMs(),
      reconnectOnConnackError: true,
      resubscribe: false,
      queueQoSZero: false,
    });
    client = opened;
    detail = 'connecting';
    opened.on('connect', () => {
      backoff.reset();
      opened.options.reconnectPeriod = backoff.nextMs();
      void subscribe(opened);
    });
    opened.on('close', () => {
      subscribed = false;
      opened.options.reconnectPeriod = backoff.nextMs();
    });
    opened.on('offline', () => {
      detail = 'connection lost';
      logger.warn(
        { event: 'mqtt-disconnected' },
        'no connection to the MQTT broker',
      );
    });
    opened.on('error', error => {
      detail = error.message;
      logger.warn(
        { event: 'mqtt-error', err: error },
        'MQTT connection failed',
      );
    });
    opened.on('message', (mqttTopic, payload, { retain }) => {
      if (payload.length > maxPayloadBytes) return;
      options.onMessage({
        mqttTopic,
        payload: payload.toString('utf8'),
        isRetained: retain,
      });
    });
  }

  return {
    start,
    async stop() {
      const ending = client;
      client = undefined;
      subscribed = false;
      detail = 'stopped';
      if (ending === undefined) return;
      const ended = new AbortController();
      await Promise.race([
        ending.endAsync(!ending.connected),
        delay(3_000, undefined, { signal: ended.signal }).catch(() => {}),
      ]);
      ended.abort();
      ending.stream.destroy();
    },
    connection: () =>
      client?.connected && subscribed ? { ok: true } : { ok: false, detail },
    isReady: () => client?.connected === true && subscribed,
    publish(message, expiresInMs) {
      const opened = client;
      if (opened === undefined || !opened.connected)
        return Promise.resolve({ kind: 'unknown' });
      return publishOnce(opened, message, expiresInMs);
    },
  };
}

/** The library would send it again on the next connection, whenever that is: so it is withdrawn. */
function publishOnce(
  client: MqttClient,
  { mqttTopic, payload }: WriteMessage,
  expiresInMs: number,
): Promise<PublishResult> {
  return new Promise(resolve => {
    let messageId = 0;
    const timer = setTimeout(withdraw, publishTimeoutMs);
    client.once('close', withdraw);
    function end(result: PublishResult): void {
      clearTimeout(timer);
      client.off('close', withdraw);
      resolve(result);
    }
    function withdraw(): void {
      end({ kind: 'unknown' });
      client.removeOutgoingMessage(messageId);
    }
    client.publish(
      mqttTopic,
      payload,
      {
        qos: 1,
        retain: false,
        properties: {
          messageExpiryInterval: Math.max(1, Math.ceil(expiresInMs / 1_000)),
        },
      },
      error => {
        if (!error) end({ kind: 'taken' });
        else if (isRefusal(error))
          end({ kind: 'refused', detail: textOf(error) });
        else end({ kind: 'unknown' });
      },
    );
    messageId = client.getLastMessageId();
  });
}

function isRefusal(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'number' && code >= smallestRefusal;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
