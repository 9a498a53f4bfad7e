import { dialects } from '@homelab/mqtt-kafka-bridge/dialects';
import {
  canonicalMqttTopic,
  kafkaTopics,
  measurementsOf,
  readingSchemas,
  recordHeaders,
  schemaVersion,
  streams,
} from '@homelab/telemetry';
import type { Measurement, Stream } from '@homelab/telemetry';
import { z } from 'zod';

const info = (title: string, description: string) => ({
  title,
  version: schemaVersion,
  description,
});

function describe(measurement: Measurement): string {
  const unit =
    'unit' in measurement && measurement.unit ? `, in ${measurement.unit}` : '';
  return `${measurement.description}${unit}`;
}

/** The schema of what a sender may publish; every measurement is optional. */
function readingSchema(stream: Stream) {
  const schema = z.toJSONSchema(readingSchemas[stream], { io: 'input' });
  const described = new Map(measurementsOf(stream));
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => {
      if (typeof property === 'boolean') return [name, property];
      // Absent and null mean the same, and `format` makes the long pattern redundant.
      const { default: _absent, pattern, ...rest } = property;
      const measurement = described.get(name);
      return [
        name,
        {
          ...(measurement && { description: describe(measurement) }),
          ...rest,
          ...(pattern !== undefined && !rest.format && { pattern }),
        },
      ];
    },
  );
  return {
    type: 'object',
    required: schema.required ?? [],
    properties: Object.fromEntries(properties),
  };
}

const canonicalMessages = Object.fromEntries(
  streams.map(stream => [
    stream,
    {
      name: stream,
      contentType: 'application/json',
      payload: readingSchema(stream),
    },
  ]),
);

const messageRef = (name: string) => ({
  $ref: `#/components/messages/${name}`,
});

/** What devices publish on MQTT, as an AsyncAPI document. */
export function deviceMessagesApi() {
  const canonical = streams.map(stream => [
    `canonical-${stream}`,
    {
      address: canonicalMqttTopic(stream, '{id}')
        .replaceAll('%7B', '{')
        .replaceAll('%7D', '}'),
      description: `Canonical readings of the stream ${stream}`,
      parameters: {
        id: { description: 'The device_id, percent-encoded' },
      },
      messages: { [stream]: messageRef(stream) },
    },
  ]);
  const foreign = dialects
    .filter(({ name }) => name !== 'canonical')
    .map(({ name, filters, description }) => [
      name,
      {
        address: filters[0],
        description: `${description}. MQTT topic filters: ${filters.join(', ')}`,
        messages: { [name]: messageRef(name) },
      },
    ]);
  const foreignMessages = Object.fromEntries(
    dialects
      .filter(({ name }) => name !== 'canonical')
      .map(({ name, description, delivery }) => [
        name,
        {
          name,
          ...(delivery === 'states'
            ? { contentType: 'text/plain', payload: { type: 'string' } }
            : { contentType: 'application/json', payload: { type: 'object' } }),
          description: `${description}, in the device's own format`,
        },
      ]),
  );
  return {
    asyncapi: '3.0.0',
    info: info(
      'Device messages',
      'What the bridge reads from MQTT. Your own devices publish canonical readings; others keep their own format.',
    ),
    defaultContentType: 'application/json',
    channels: Object.fromEntries([...canonical, ...foreign]),
    components: { messages: { ...canonicalMessages, ...foreignMessages } },
  };
}

/** The records on the stream topics of Kafka, as an AsyncAPI document. */
export function canonicalReadingsApi() {
  const headers = {
    type: 'object',
    properties: Object.fromEntries(
      Object.values(recordHeaders).map(name => [name, { type: 'string' }]),
    ),
  };
  const messages = Object.fromEntries(
    Object.entries(canonicalMessages).map(([stream, message]) => [
      stream,
      {
        ...message,
        headers,
        description:
          'The key of the record is the device id. Measurements that are not known are absent.',
      },
    ]),
  );
  return {
    asyncapi: '3.0.0',
    info: info(
      'Canonical readings',
      'The records on the Kafka topics of the pipeline, in order per device, at least once.',
    ),
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      streams.map(stream => [
        stream,
        {
          address: kafkaTopics[stream],
          messages: { [stream]: messageRef(stream) },
        },
      ]),
    ),
    components: { messages },
  };
}
