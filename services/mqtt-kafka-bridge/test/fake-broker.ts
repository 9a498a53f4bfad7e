import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { generate, parser } from 'mqtt-packet';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { TestScope } from '@homelab/test-kit';

/** One client of the fake broker. */
export interface FakeClient {
  /** Packets received, in order. */
  readonly packets: readonly Packet[];
  /** Ids of the PUBACKs received, in order. */
  acknowledged(): number[];
  /** Chunks of bytes that began with a PUBACK. */
  readonly pubackChunks: readonly Buffer[];
  publish(messageId: number, payload: string, topic?: string): void;
  /** Several messages in one chunk of bytes. */
  publishAll(messages: readonly { messageId: number; payload: string }[]): void;
  cut(): void;
}

/** A broker that speaks just enough MQTT 5 to see, byte for byte, what a client does. */
export interface FakeBroker {
  readonly url: string;
  readonly clients: readonly FakeClient[];
}

/** How the fake broker answers. */
export interface BrokerBehaviour {
  readonly sessionPresent?: boolean;
  /** Reason code of a refusal. */
  readonly refuseWith?: number;
  /** Reason code for each subscription. */
  readonly grant?: number;
  /** Payloads sent in one chunk with the answer to CONNECT, as from a queue. */
  readonly queued?: readonly string[];
}

/** Starts a fake broker that ends with the test. */
export async function createFakeBroker(
  t: TestScope,
  options: BrokerBehaviour = {},
): Promise<FakeBroker> {
  const clients: FakeClient[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    clients.push(serve(socket, options));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return { url: `mqtt://127.0.0.1:${port}`, clients };
}

function serve(
  socket: Socket,
  {
    sessionPresent = false,
    refuseWith = 0,
    grant = 1,
    queued = [],
  }: BrokerBehaviour,
): FakeClient {
  const packets: Packet[] = [];
  const pubackChunks: Buffer[] = [];
  const incoming = parser({ protocolVersion: 5 });
  const send = (packet: Packet) => {
    socket.write(generate(packet, { protocolVersion: 5 }));
  };
  socket.on('data', (chunk: Buffer) => {
    if ((chunk[0] ?? 0) >> 4 === 4) pubackChunks.push(chunk);
    incoming.parse(chunk);
  });
  incoming.on('packet', (packet: Packet) => {
    packets.push(packet);
    if (packet.cmd === 'connect') {
      socket.cork();
      send({ cmd: 'connack', sessionPresent, reasonCode: refuseWith });
      for (const [index, payload] of queued.entries())
        send(message(index + 1, payload));
      socket.uncork();
      if (refuseWith !== 0) socket.end();
    } else if (packet.cmd === 'subscribe') {
      const granted = packet.subscriptions.map(() => grant);
      send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted });
    } else if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
    else if (packet.cmd === 'disconnect') socket.end();
  });
  const message = (
    messageId: number,
    payload: string,
    topic = 'test',
  ): IPublishPacket => ({
    cmd: 'publish',
    topic,
    payload,
    qos: 1,
    messageId,
    dup: false,
    retain: false,
  });
  return {
    packets,
    pubackChunks,
    acknowledged: () =>
      packets.flatMap(packet =>
        packet.cmd === 'puback' ? [packet.messageId ?? 0] : [],
      ),
    publish: (messageId, payload, topic) =>
      send(message(messageId, payload, topic)),
    publishAll(messages) {
      const chunks = messages.map(({ messageId, payload }) =>
        generate(message(messageId, payload), { protocolVersion: 5 }),
      );
      socket.write(Buffer.concat(chunks));
    },
    cut: () => socket.destroy(),
  };
}
