import { connect } from 'mqtt';
import type { IClientOptions, IPublishPacket } from 'mqtt';
import type { AckTarget } from './delivery.ts';

/*
 * The only file that reaches behind the documented surface of MQTT.js, whose version is
 * pinned for that reason; mqtt-connection.test.ts is the contract with it:
 * - `handleMessage` is replaced, and calling back with an error suppresses the PUBACK;
 * - not calling back stops the parser, and with it the socket, until it is done;
 * - `client.stream` is the socket, to which whole packets may be written.
 * One client serves one connection and never reconnects: what is pending for it can
 * then not leak into the next connection, where ids mean other messages.
 */

/** A message as the broker delivered it. */
export interface InboundMessage {
  readonly mqttTopic: string;
  readonly payload: Buffer;
  readonly retained: boolean;
  /** Absent for QoS 0. */
  readonly messageId: number | undefined;
}

/** How to reach the broker and what to ask of it. */
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
}

/** What a connection tells its owner. `onDown` comes last, exactly once. */
export interface MqttConnectionEvents {
  onUp(sessionPresent: boolean): void;
  /** Filters that are not granted with QoS 1, empty when all are. */
  onSubscribed(refused: readonly string[]): void;
  onMessage(message: InboundMessage): void;
  onDown(reason: string): void;
}

/** One connection to the MQTT broker, from the first packet to the last. */
export interface MqttConnection extends AckTarget {
  /** Takes no further message in; the connection stays alive. */
  pause(): void;
  resume(): void;
  /** Says goodbye after everything written, within the timeout; the session stays. */
  close(timeoutMs: number): Promise<void>;
}

/** Makes a connection; tests give their own. */
export type OpenMqttConnection = (
  options: MqttConnectionOptions,
  events: MqttConnectionEvents,
) => MqttConnection;

const suppressPuback = new Error('acknowledged by the delivery');
const pubackBytes = 4;
const pubackType = 0x40;
const noLog = () => {};

/** Opens a connection with MQTT.js: MQTT 5, a lasting session, QoS 1. */
export const openMqttConnection: OpenMqttConnection = (options, events) => {
  const client = connect(options.url, clientOptions(options));
  let over = false;
  let paused = false;
  let reason = 'the connection was closed';
  let held: (() => void) | undefined;
  let keepAlive: NodeJS.Timeout | undefined;

  client.handleMessage = (packet, callback) => {
    if (!paused) events.onMessage(inbound(packet));
    else if (held === undefined) {
      // Taken in after the pause was asked for: it waits here, then is delivered.
      held = () => client.handleMessage(packet, callback);
      return;
    }
    callback(suppressPuback);
  };

  // Not the event `connect`: it comes late, when messages may already have come.
  client.once('packetreceive', packet => {
    if (packet.cmd === 'connack' && packet.reasonCode === 0) {
      events.onUp(packet.sessionPresent);
    }
  });
  client.on('connect', () => {
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
    clearInterval(keepAlive);
    client.end(true);
    events.onDown(reason);
  });

  /** A stopped parser sees no PINGRESP, and MQTT.js would cut the connection. */
  function keepAliveWhilePaused(): void {
    keepAlive ??= setInterval(
      () => {
        if (!client.connected) return;
        client.sendPing();
        client.reschedulePing(true);
      },
      (options.keepAliveS * 1000) / 2,
    );
  }

  return {
    acknowledge(messageIds) {
      if (over || !client.connected || client.stream.destroyed) return false;
      client.stream.write(pubacks(messageIds));
      return true;
    },
    pause() {
      paused = true;
      keepAliveWhilePaused();
    },
    resume() {
      paused = false;
      clearInterval(keepAlive);
      keepAlive = undefined;
      const deliver = held;
      held = undefined;
      deliver?.();
    },
    async close(timeoutMs) {
      if (over) return;
      const ended = new Promise<void>(resolve => {
        client.once('close', () => resolve());
      });
      client.end(!client.connected);
      const timer = setTimeout(() => client.stream.destroy(), timeoutMs);
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

function inbound({
  topic,
  payload,
  qos,
  retain,
  messageId,
}: IPublishPacket): InboundMessage {
  return {
    mqttTopic: topic,
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    retained: retain,
    messageId: qos === 0 ? undefined : messageId,
  };
}

/** PUBACK packets with reason "success", one behind the other. */
function pubacks(messageIds: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(messageIds.length * pubackBytes);
  let offset = 0;
  for (const messageId of messageIds) {
    buffer[offset] = pubackType;
    buffer[offset + 1] = 2;
    buffer.writeUInt16BE(messageId, offset + 2);
    offset += pubackBytes;
  }
  return buffer;
}
