import * as fc from 'fast-check';
import { generate } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { createPublishSplitter } from './split-publishes.ts';
import type { PublishPacket } from './split-publishes.ts';

interface Seen {
  readonly publishes: {
    topic: string;
    payload: string;
    id: number | undefined;
    retained: boolean;
  }[];
  rest: Buffer;
}

/** The result for bytes that arrive in chunks of these sizes, in turn. */
function splitAll(bytes: Buffer, chunkSizes: readonly number[]): Seen {
  const seen: Seen = { publishes: [], rest: Buffer.alloc(0) };
  const splitter = createPublishSplitter({
    onPublish: ({ mqttTopic, payload, messageId, retained }: PublishPacket) =>
      seen.publishes.push({
        topic: mqttTopic,
        payload: payload.toString('latin1'),
        id: messageId,
        retained,
      }),
    onRest: part => {
      seen.rest = Buffer.concat([seen.rest, part]);
    },
  });
  let index = 0;
  for (let start = 0; start < bytes.length; index += 1) {
    const size = chunkSizes[index % chunkSizes.length] ?? 1;
    splitter.push(bytes.subarray(start, start + size));
    start += size;
  }
  return seen;
}

const encode = (packet: Packet) => generate(packet, { protocolVersion: 5 });

const publishes = fc
  .record({
    topic: fc
      .string({ minLength: 1, maxLength: 40 })
      .filter(text => !/[+#\0]/.test(text)),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(new Uint8Array(70_000)),
    ),
    qos: fc.constantFrom<0 | 1>(0, 1),
    retain: fc.boolean(),
    messageId: fc.integer({ min: 1, max: 65_535 }),
    properties: fc.option(
      fc.record({
        messageExpiryInterval: fc.integer({ min: 0, max: 1_000_000 }),
        userProperties: fc.constant({ traceparent: 'x'.repeat(150) }),
      }),
      { nil: undefined },
    ),
  })
  .map(one => ({
    cmd: 'publish' as const,
    dup: false,
    ...one,
    payload: Buffer.from(one.payload),
  }));

const others = fc.constantFrom<Packet>(
  { cmd: 'connack', sessionPresent: true, reasonCode: 0 },
  { cmd: 'suback', messageId: 7, granted: [1, 1] },
  { cmd: 'pingresp' },
  {
    cmd: 'publish',
    topic: 'a',
    payload: 'b',
    qos: 2,
    messageId: 9,
    dup: false,
    retain: false,
  },
);

test('finds every message and hands on every other byte, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(publishes, others), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }),
      (packets, chunkSizes) => {
        const isOurs = (packet: Packet) =>
          packet.cmd === 'publish' && packet.qos < 2;
        const seen = splitAll(Buffer.concat(packets.map(encode)), chunkSizes);
        expect(seen.publishes).toEqual(
          packets.flatMap(packet =>
            packet.cmd === 'publish' && packet.qos < 2
              ? [
                  {
                    topic: packet.topic,
                    payload: Buffer.from(packet.payload).toString('latin1'),
                    id: packet.qos === 0 ? undefined : packet.messageId,
                    retained: packet.retain,
                  },
                ]
              : [],
          ),
        );
        const rest = packets.filter(packet => !isOurs(packet)).map(encode);
        expect(seen.rest.equals(Buffer.concat(rest))).toBe(true);
      },
    ),
    { numRuns: 300, seed: 20_260_112 },
  );
});

const publish = {
  cmd: 'publish',
  topic: 'a/b',
  payload: 'x',
  qos: 1,
  messageId: 3,
  dup: false,
  retain: false,
} as const;
const good = encode(publish);

test.each([
  ['a length without end', Buffer.from([0x32, 0xff, 0xff, 0xff, 0xff, 0x01])],
  ['no topic', Buffer.from([0x32, 5, 0, 0, 0, 1, 0])],
  [
    'a topic longer than the packet',
    Buffer.from([0x32, 6, 0, 200, 97, 0, 1, 0]),
  ],
  ['no room for an id', Buffer.from([0x32, 3, 0, 1, 97])],
  [
    'properties longer than the packet',
    Buffer.from([0x30, 5, 0, 1, 97, 90, 0]),
  ],
  [
    'properties without end',
    Buffer.from([0x30, 6, 0, 1, 97, 0xff, 0xff, 0xff]),
  ],
])(
  '%s: those bytes and all behind them are left to the other parser',
  (_, broken) => {
    const seen = splitAll(Buffer.concat([good, broken, good]), [1_000]);
    expect(seen.publishes).toHaveLength(1);
    expect(seen.rest.equals(Buffer.concat([broken, good]))).toBe(true);
  },
);

test('paused, it stops behind the packet in hand and goes on where it stopped', () => {
  const ids: (number | undefined)[] = [];
  const splitter = createPublishSplitter({
    onPublish: ({ messageId }) => {
      ids.push(messageId);
      if (ids.length === 2) splitter.pause();
    },
    onRest: () => {},
  });
  const numbered = [1, 2, 3, 4].map(messageId =>
    encode({ ...publish, messageId }),
  );
  const bytes = Buffer.concat(numbered);
  splitter.push(bytes.subarray(0, bytes.length - 3));
  splitter.push(bytes.subarray(bytes.length - 3));
  expect(ids).toEqual([1, 2]);
  splitter.resume();
  expect(ids).toEqual([1, 2, 3, 4]);
});

test('random bytes never throw and are all accounted for', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), bytes => {
      splitAll(Buffer.from(bytes), [7, 64]);
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
