import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createPublishSplitter } from '@homelab/mqtt-kafka-bridge/publish-fast-path';
import type { PublishPacket } from '@homelab/mqtt-kafka-bridge/publish-fast-path';
import type { StackOptions } from '@homelab/tools';
import { generate, parser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';

/** The login and session of a connection. */
export interface RawMqttOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  /** Absent: the session ends with the connection. */
  readonly sessionExpiryS?: number;
  readonly receiveMaximum?: number;
}

/** A connection with almost no cost of its own, to load a broker and find its ceiling. */
export interface RawMqtt {
  write(bytes: Buffer): boolean;
  /** Resolves when everything written has left this process. */
  drained(): Promise<void>;
  subscribe(filters: readonly string[]): Promise<void>;
  /** Ends the connection, and with `forget` the session. */
  end(options?: { forget?: boolean }): Promise<void>;
}

interface RawMqttHandlers {
  readonly onPublish?: (packet: PublishPacket) => void;
  /** Called with the number of new acknowledgements. */
  readonly onPuback?: (count: number) => void;
  /** Called after all packets of a chunk were handled. */
  readonly onChunkEnd?: () => void;
}

/** The address of a stack's MQTT broker, and the login of one of its users. */
export function mqttLogin(
  { ports, secrets }: StackOptions,
  user: 'bridge' | 'devices',
): Pick<RawMqttOptions, 'host' | 'port' | 'username' | 'password'> {
  return {
    host: '127.0.0.1',
    port: ports.mqtt,
    username: user,
    password: secrets.mqtt[user],
  };
}

const pubackType = 4;
const version = { protocolVersion: 5 } as const;

/** Connects over MQTT 5; rejects when the broker refuses. */
export async function connectRawMqtt(
  options: RawMqttOptions,
  handlers: RawMqttHandlers = {},
): Promise<RawMqtt> {
  const socket = connect({ host: options.host, port: options.port });
  socket.setNoDelay(true);
  const control = parser(version);
  const splitter = createPublishSplitter({
    onPublish: packet => handlers.onPublish?.(packet),
    onRest: bytes => takeRest(bytes),
  });

  /** PUBACKs arrive one at a time and are only counted. */
  function takeRest(bytes: Buffer): void {
    if ((bytes[0] ?? 0) >> 4 === pubackType) handlers.onPuback?.(1);
    else control.parse(bytes);
  }

  socket.on('data', (chunk: Buffer) => {
    splitter.push(chunk);
    handlers.onChunkEnd?.();
  });
  const answer = (wanted: string) =>
    new Promise<Packet>((resolve, reject) => {
      socket.once('close', () =>
        reject(
          new Error(
            `The MQTT broker closed the connection of ${options.clientId}.`,
          ),
        ),
      );
      socket.once('error', reject);
      control.on('packet', (packet: Packet) => {
        if (packet.cmd === wanted) resolve(packet);
      });
    });
  const connack = answer('connack');
  socket.write(connectPacket(options));
  const packet = await connack;
  if (packet.cmd === 'connack' && packet.reasonCode !== 0)
    throw new Error(
      `The MQTT broker refused ${options.clientId} with reason code ${packet.reasonCode}.`,
    );
  return {
    write: bytes => socket.write(bytes),
    drained: () => drained(socket),
    async subscribe(filters) {
      const suback = answer('suback');
      socket.write(
        generate(
          {
            cmd: 'subscribe',
            messageId: 1,
            subscriptions: filters.map(topic => ({ topic, qos: 1 as const })),
          },
          version,
        ),
      );
      await suback;
    },
    async end({ forget = false } = {}) {
      if (socket.destroyed) return;
      const closed = new Promise(resolve => {
        socket.once('close', resolve);
      });
      const properties = forget ? { sessionExpiryInterval: 0 } : undefined;
      socket.end(
        generate({ cmd: 'disconnect', reasonCode: 0, properties }, version),
      );
      await closed;
    },
  };
}

function connectPacket(options: RawMqttOptions): Buffer {
  const { sessionExpiryS = 0, receiveMaximum = 65_535 } = options;
  return generate(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: sessionExpiryS === 0,
      clientId: options.clientId,
      keepalive: 0,
      username: options.username,
      password: Buffer.from(options.password),
      properties: { sessionExpiryInterval: sessionExpiryS, receiveMaximum },
    },
    version,
  );
}

async function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain) return;
  await new Promise<void>((resolve, reject) => {
    socket.once('drain', resolve);
    socket.once('close', () => reject(new Error('The connection is closed.')));
  });
}
