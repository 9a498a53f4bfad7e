import kafkajs from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import response from 'kafkajs/src/protocol/requests/fetch/v11/response.js';
import ownKafkajs from '@homelab/kafkajs';
import ownResponse from '@homelab/kafkajs/src/protocol/requests/fetch/v11/response.js';
import ownRequestQueue from '@homelab/kafkajs/src/network/requestQueue/index.js';
import { expect, test } from 'vitest';
import { createKafkaClient } from './client.ts';

/** Every place in which we change our kafkajs, in one copy of it. */
const placesOf = (
  { CompressionCodecs: codecs, CompressionTypes: types }: typeof kafkajs,
  queue: typeof RequestQueue,
  { decode }: typeof response,
) => [
  decode,
  queue.prototype.scheduleCheckPendingRequests,
  ...([types.Snappy, types.LZ4, types.ZSTD] as const).map(
    type => codecs[type] as unknown,
  ),
];

test('the kafkajs that a host uses for itself stays as it is, ours is changed', () => {
  const host = () => placesOf(kafkajs, RequestQueue, response);
  const own = () => placesOf(ownKafkajs, ownRequestQueue, ownResponse);
  const before = { host: host(), own: own() };
  const client = createKafkaClient({
    brokers: ['127.0.0.1:1'],
    clientId: 'own-kafkajs',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  client.consumer({ groupId: 'g', fromBeginning: true });
  expect(host()).toEqual(before.host);
  own().forEach((place, index) => expect(place).not.toBe(before.own[index]));
});
