import { eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { describe, expect, test } from 'vitest';
import { createFakeBroker } from '../test/fake-broker.ts';
import type { FakeBroker, FakeClient } from '../test/fake-broker.ts';
import { openMqttConnection } from './mqtt-connection.ts';
import type {
  InboundMessage,
  MqttConnection,
  MqttConnectionOptions,
} from './mqtt-connection.ts';

interface Seen {
  readonly connection: MqttConnection;
  readonly messages: InboundMessage[];
  readonly ups: boolean[];
  readonly downs: string[];
  readonly refused: string[][];
}

const optionsFor = ({ url }: FakeBroker): MqttConnectionOptions => ({
  url,
  username: 'bridge',
  password: 'secret',
  clientId: 'bridge-1',
  filters: ['a/+', 'b/#'],
  receiveMaximum: 100,
  maxPacketBytes: 100_000,
  sessionExpiryS: 3600,
  keepAliveS: 60,
  connectTimeoutMs: 2000,
  isRetiring: false,
});

function open(
  t: TestScope,
  broker: FakeBroker,
  options: Partial<MqttConnectionOptions> = {},
): Seen {
  const messages: InboundMessage[] = [];
  const ups: boolean[] = [];
  const downs: string[] = [];
  const refused: string[][] = [];
  const connection = openMqttConnection(
    { ...optionsFor(broker), ...options },
    {
      onUp: sessionPresent => ups.push(sessionPresent),
      onSubscribed: filters => refused.push([...filters]),
      onMessage: message => messages.push(message),
      onDown: reason => downs.push(reason),
    },
  );
  t.onTestFinished(() => connection.close(100));
  return { connection, messages, ups, downs, refused };
}

async function subscribed(broker: FakeBroker, seen: Seen): Promise<FakeClient> {
  await eventually(() => expect(seen.refused).toHaveLength(1));
  const client = broker.clients.at(-1);
  if (client === undefined) throw new Error('No client has connected.');
  return client;
}

const text = ({ payload }: InboundMessage) => payload.toString();

describe('the contract with MQTT.js', () => {
  test('asks for MQTT 5, a lasting session and its limits, and subscribes with QoS 1', async t => {
    const broker = await createFakeBroker(t, { sessionPresent: true });
    const seen = open(t, broker);
    const client = await subscribed(broker, seen);
    expect(client.packets[0]).toMatchObject({
      cmd: 'connect',
      protocolVersion: 5,
      clean: false,
      clientId: 'bridge-1',
      properties: {
        sessionExpiryInterval: 3600,
        receiveMaximum: 100,
        maximumPacketSize: 100_000,
      },
    });
    expect(client.packets[1]).toMatchObject({
      cmd: 'subscribe',
      subscriptions: [
        { topic: 'a/+', qos: 1, rh: 1 },
        { topic: 'b/#', qos: 1, rh: 1 },
      ],
    });
    expect(seen.ups).toEqual([true]);
    expect(seen.refused).toEqual([[]]);
  });

  test('reports the session before messages that arrive with the CONNACK', async t => {
    const broker = await createFakeBroker(t, {
      sessionPresent: true,
      queued: ['one', 'two'],
    });
    const order: string[] = [];
    const connection = openMqttConnection(optionsFor(broker), {
      onUp: sessionPresent => order.push(`up ${sessionPresent}`),
      onSubscribed: () => {},
      onMessage: message => order.push(text(message)),
      onDown: () => {},
    });
    t.onTestFinished(() => connection.close(100));
    await eventually(() => expect(order).toEqual(['up true', 'one', 'two']));
  });

  test('sends no PUBACK by itself, then all of them in one chunk, in the given order', async t => {
    const broker = await createFakeBroker(t);
    const seen = open(t, broker);
    const client = await subscribed(broker, seen);
    client.publishAll(
      [7, 300, 65_535].map(id => ({ messageId: id, payload: `m${id}` })),
    );
    await eventually(() =>
      expect(seen.messages.map(text)).toEqual(['m7', 'm300', 'm65535']),
    );
    client.publish(8, 'later');
    await eventually(() => expect(seen.messages).toHaveLength(4));
    expect(client.acknowledged()).toEqual([]);

    expect(seen.connection.acknowledge([7, 300, 65_535])).toBe(true);
    await eventually(() =>
      expect(client.acknowledged()).toEqual([7, 300, 65_535]),
    );
    expect(client.pubackChunks).toHaveLength(1);
    expect(client.packets.at(-1)).toMatchObject({
      cmd: 'puback',
      reasonCode: 0,
    });
  });

  test('holds messages while paused, answers pings, and continues in order', async t => {
    const broker = await createFakeBroker(t);
    const seen = open(t, broker, { keepAliveS: 1 });
    const client = await subscribed(broker, seen);
    client.publish(1, 'one');
    await eventually(() => expect(seen.messages).toHaveLength(1));
    seen.connection.pause();
    client.publishAll(
      [2, 3, 4].map(id => ({ messageId: id, payload: `m${id}` })),
    );
    // Four half keep-alives: MQTT.js alone would have cut the connection after three.
    await eventually(() => {
      const pings = client.packets.filter(({ cmd }) => cmd === 'pingreq');
      expect(pings.length).toBeGreaterThanOrEqual(4);
    });
    expect(seen.messages).toHaveLength(1);
    expect(seen.downs).toEqual([]);
    expect(seen.connection.acknowledge([1])).toBe(true);
    await eventually(() => expect(client.acknowledged()).toEqual([1]));

    seen.connection.resume();
    await eventually(() =>
      expect(seen.messages.map(text)).toEqual(['one', 'm2', 'm3', 'm4']),
    );
  });

  test('is closed after a cut: an acknowledgement is refused and a new connection never sees it', async t => {
    const broker = await createFakeBroker(t, { sessionPresent: true });
    const first = open(t, broker);
    const before = await subscribed(broker, first);
    before.publish(5, 'from the first connection');
    await eventually(() => expect(first.messages).toHaveLength(1));
    before.cut();
    await eventually(() => expect(first.downs).toHaveLength(1));

    const second = open(t, broker);
    const after = await subscribed(broker, second);
    after.publish(5, 'another message under the same id');
    await eventually(() => expect(second.messages).toHaveLength(1));
    expect(first.connection.acknowledge([5])).toBe(false);
    expect(second.connection.acknowledge([])).toBe(true);
    await second.connection.close(1000);
    expect(after.acknowledged()).toEqual([]);
    expect(after.packets.at(-1)).toMatchObject({ cmd: 'disconnect' });
  });

  test('reports once why a broker refused it, and names filters granted without QoS 1', async t => {
    const refusing = await createFakeBroker(t, { refuseWith: 135 });
    const refusedAtAll = open(t, refusing);
    await eventually(() =>
      expect(refusedAtAll.downs).toEqual([
        'Connection refused: Not authorized',
      ]),
    );
    expect(refusedAtAll.ups).toEqual([]);

    const weak = await createFakeBroker(t, { grant: 0 });
    const seen = open(t, weak);
    await eventually(() => expect(seen.refused).toEqual([['a/+', 'b/#']]));

    const strict = await createFakeBroker(t, { grant: 135 });
    const denied = open(t, strict);
    await eventually(() => expect(denied.refused).toEqual([['a/+', 'b/#']]));
  });
});
