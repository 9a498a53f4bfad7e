import { setTimeout as delay } from 'node:timers/promises';
import { createBackoff } from '@homelab/service-kit';
import type { Logger } from '@homelab/service-kit';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';

/** The texts that announce whether a device is online, as its connection is. */
export interface Presence {
  mqttTopic: string;
  /** Published at each connection. */
  online: string;
  /** Left with the broker as a retained will. */
  offline: string;
}

/** What a device is subscribed to. */
export interface Inbox {
  readonly filters: readonly string[];
  onMessage(message: { mqttTopic: string; payload: string }): void;
}

/** Publishes text over MQTT 5 with QoS 1 and keeps the connection up. */
export interface MqttPublisher {
  /** Connects, and reconnects for as long as it runs. */
  start(): void;
  /**
   * Waits a moment for acknowledgements, then disconnects as a device without power does:
   * the broker publishes the will. May be called twice.
   */
  stop(): Promise<void>;
  /** Resolves at the first connection; rejects when the publisher stops before. */
  readonly connected: Promise<void>;
  /** Whether there is a connection, and if not, why. */
  connection(): { ok: boolean; detail?: string };
  /** How many messages may await their acknowledgement at once, and how many do. */
  readonly window: number;
  readonly pending: number;
  /**
   * Resolves when the broker has acknowledged the message, after reconnecting if
   * necessary. Rejects when the broker refuses it or the publisher stops. The caller
   * keeps within `window`.
   */
  publish(
    mqttTopic: string,
    text: string,
    options?: { retain?: boolean },
  ): Promise<void>;
}

// Brokers may disconnect a client that exceeds their receive maximum; Mosquitto's is 20.
const maxWindow = 16;
const connectTimeoutMs = 5_000;
const drainTimeoutMs = 3_000;
const disconnectWithWill = 0x04;

/** Creates a publisher; `random` spreads the waits between attempts to connect. */
export function createMqttPublisher(options: {
  url: string;
  username: string;
  password: string;
  clientId: string;
  logger: Logger;
  presence?: Presence;
  inbox?: Inbox;
  random?: () => number;
}): MqttPublisher {
  const { url, username, password, clientId, logger } = options;
  const { presence, inbox, random } = options;
  const backoff = createBackoff({ minMs: 500, maxMs: 15_000, random });
  const pending = new Set<(error: Error) => void>();
  const first = Promise.withResolvers<void>();
  // Nobody may be waiting when it stops.
  first.promise.catch(() => {});
  let client: MqttClient | undefined;
  let detail = 'not started';

  function start(): void {
    const opened = connect(url, {
      protocolVersion: 5,
      clean: true,
      clientId,
      username,
      password,
      will: presence && {
        topic: presence.mqttTopic,
        payload: Buffer.from(presence.offline),
        qos: 1,
        retain: true,
      },
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: backoff.nextMs(),
      // A broker that is being set up may refuse for a while.
      reconnectOnConnackError: true,
      resubscribe: false,
    });
    client = opened;
    detail = 'connecting';
    opened.on('connect', () => {
      backoff.reset();
      opened.options.reconnectPeriod = backoff.nextMs();
      if (presence) opened.publish(presence.mqttTopic, presence.online);
      if (inbox) void subscribe(opened, inbox);
      first.resolve();
      logger.info({ event: 'mqtt-connected' }, 'connected to the MQTT broker');
    });
    opened.on('message', (mqttTopic, payload) =>
      inbox?.onMessage({ mqttTopic, payload: payload.toString('utf8') }),
    );
    opened.on('close', () => {
      // The current wait is already running: this one is for the next attempt.
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
  }

  async function subscribe(opened: MqttClient, { filters }: Inbox) {
    try {
      await opened.subscribeAsync([...filters], { qos: 1 });
    } catch (error) {
      logger.warn(
        { event: 'mqtt-subscription-failed', err: error },
        'settings that are written to the heat pump do not arrive',
      );
    }
  }

  async function stop(): Promise<void> {
    const ending = client;
    client = undefined;
    detail = 'stopped';
    if (ending === undefined) return;
    // end() ignores `force` while it waits for acknowledgements, so the wait is limited here.
    const drained = new AbortController();
    await Promise.race([
      ending.endAsync(!ending.connected, { reasonCode: disconnectWithWill }),
      delay(drainTimeoutMs, undefined, { signal: drained.signal }).catch(
        () => {},
      ),
    ]);
    drained.abort();
    ending.stream.destroy();
    first.reject(stopped());
    for (const reject of pending) reject(stopped());
    pending.clear();
  }

  return {
    start,
    stop,
    connected: first.promise,
    connection: () =>
      client?.connected ? { ok: true } : { ok: false, detail },
    get window() {
      const broker = client?.connected
        ? client.serverProperties?.receiveMaximum
        : undefined;
      return Math.min(maxWindow, broker ?? maxWindow);
    },
    get pending() {
      return pending.size;
    },
    publish: (mqttTopic, text, { retain = false } = {}) =>
      new Promise((resolve, reject) => {
        if (client === undefined) {
          reject(new Error('The publisher is not running.'));
          return;
        }
        pending.add(reject);
        client.publish(mqttTopic, text, { qos: 1, retain }, error => {
          pending.delete(reject);
          if (error) reject(error);
          else resolve();
        });
      }),
  };
}

function stopped(): Error {
  return new Error('The publisher has stopped.');
}
