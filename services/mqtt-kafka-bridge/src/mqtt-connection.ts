import { MqttClient } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import type { AckTarget } from './delivery.ts';
import { openPublishTakingStream, pubacks } from './publish-fast-path/index.ts';
import type {
  PublishPacket,
  PublishTakingStream,
} from './publish-fast-path/index.ts';

/*
 * MQTT.js opens the session, subscribes, keeps it alive and disconnects. Messages and their
 * acknowledgements bypass it: its own handling costs several times as much per message and
 * acknowledges before Kafka has the record. It gets a stream of ours, which its constructor
 * allows; mqtt-connection.test.ts is the contract with its pinned version.
 * One client serves one connection and never reconnects, so that pending acknowledgements
 * cannot leak into the next connection, where ids belong to other messages.
 */

/** A message as the broker delivered it. */
export type InboundMessage = PublishPacket;

/** How to reach the broker, and what to request of it. */
export interface MqttConnectionOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly filters: readonly string[];
  /** Messages of QoS 1 that the broker may send before it waits for an acknowledgement. */
  readonly receiveMaximum: number;
  readonly maxPacketBytes: number;
  readonly sessionExpiryS: number;
  readonly keepAliveS: number;
  readonly connectTimeoutMs: number;
  /** Subscribe to nothing: the session is only drained, see `retire-session.ts`. */
  readonly isRetiring: boolean;
}

/** The events of a connection. `onDown` comes last, exactly once. */
export interface MqttConnectionEvents {
  onUp(sessionPresent: boolean): void;
  /** Filters that are not granted with QoS 1, empty when all are. */
  onSubscribed(refused: readonly string[]): void;
  onMessage(message: InboundMessage): void;
  onDown(reason: string): void;
}

/** One connection to the MQTT broker, from the first packet to the last. */
export interface MqttConnection extends AckTarget {
  /** Accepts no more messages; the connection stays alive. */
  pause(): void;
  resume(): void;
  /** Removes the filters from the session; rejects when the broker does not answer. */
  unsubscribe(): Promise<void>;
  /** Resolves when the broker has answered; everything it sent before has then been accepted. */
  ping(): Promise<void>;
  /** Disconnects and has the broker discard the session with everything in it. */
  endSession(): Promise<void>;
  /** Disconnects after everything is written, within the timeout; the session stays. */
  close(timeoutMs: number): Promise<void>;
}

/** Opens a connection; tests pass their own. */
export type OpenMqttConnection = (
  options: MqttConnectionOptions,
  events: MqttConnectionEvents,
) => MqttConnection;

const noLog = () => {};

/** Opens a connection: MQTT 5, a lasting session, QoS 1. */
export const openMqttConnection: OpenMqttConnection = (options, events) => {
  let over = false;
  let reason = 'the connection was closed';
  let intake: PublishTakingStream | undefined;
  let paused = false;
  const client = new MqttClient(() => {
    intake = openPublishTakingStream(options.url, events.onMessage);
    return intake;
  }, clientOptions(options));

  // Not the event `connect`, which may be emitted after the first messages.
  client.once('packetreceive', packet => {
    if (packet.cmd === 'connack' && packet.reasonCode === 0) {
      events.onUp(packet.sessionPresent);
      if (paused) intake?.pauseIntake();
    }
  });
  client.on('connect', () => {
    if (options.isRetiring) return;
    client.subscribe(
      [...options.filters],
      { qos: 1, rh: 1 },
      (error, _granted, packet) => {
        if (over) return;
        const codes = packet?.granted ?? [];
        const refused = options.filters.filter(
          (_, index) => codes[index] !== 1,
        );
        if (error && codes.length === 0) reason = error.message;
        events.onSubscribed(refused);
      },
    );
  });
  client.on('error', error => {
    reason = error.message;
  });
  client.on('disconnect', packet => {
    reason = `the broker closed the connection with reason code ${packet.reasonCode}`;
  });
  client.on('close', () => {
    if (over) return;
    over = true;
    client.end(true);
    events.onDown(reason);
  });

  return {
    acknowledge(messageIds) {
      if (over || !client.connected || !intake || intake.destroyed)
        return false;
      if (messageIds.length > 0) intake.writePackets(pubacks(messageIds));
      return true;
    },
    pause() {
      paused = true;
      if (client.connected) intake?.pauseIntake();
    },
    resume() {
      paused = false;
      intake?.resumeIntake();
    },
    async unsubscribe() {
      await client.unsubscribeAsync([...options.filters]);
    },
    ping: () =>
      new Promise((resolve, reject) => {
        const onPacket = ({ cmd }: { cmd: string }) => {
          if (cmd !== 'pingresp') return;
          client.off('packetreceive', onPacket);
          resolve();
        };
        client.on('packetreceive', onPacket);
        client.once('close', () => reject(new Error(reason)));
        client.sendPing();
      }),
    async endSession() {
      await client.endAsync(false, {
        properties: { sessionExpiryInterval: 0 },
      });
    },
    async close(timeoutMs) {
      if (over) return;
      const ended = new Promise<void>(resolve => {
        client.once('close', () => resolve());
      });
      client.end(!client.connected);
      const timer = setTimeout(() => intake?.destroy(), timeoutMs);
      await ended;
      clearTimeout(timer);
    },
  };
};

function clientOptions(options: MqttConnectionOptions): IClientOptions {
  return {
    protocolVersion: 5,
    clientId: options.clientId,
    username: options.username,
    password: options.password,
    protocolId: 'MQTT',
    clean: false,
    reconnectPeriod: 0,
    resubscribe: false,
    keepalive: options.keepAliveS,
    connectTimeout: options.connectTimeoutMs,
    properties: {
      sessionExpiryInterval: options.sessionExpiryS,
      receiveMaximum: options.receiveMaximum,
      maximumPacketSize: options.maxPacketBytes,
    },
    log: noLog,
  };
}
