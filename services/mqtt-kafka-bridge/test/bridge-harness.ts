import { createLogger, createRegistry } from '@homelab/service-kit';
import type { RecordProducer } from '@homelab/kafka';
import type { Env, Registry, Service } from '@homelab/service-kit';
import { topicDefinitions, topicSettings } from '@homelab/telemetry';
import {
  connectMqtt,
  createTestAdmin,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { createApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';

/** A bridge in this process, connected to the test servers. */
export interface TestBridge {
  readonly app: Service;
  readonly clientId: string;
  readonly registry: Registry;
  /** The sum of a metric over those of its series that have the labels. */
  metric(name: string, labels?: Record<string, string>): Promise<number>;
}

/**
 * The environment of a bridge on the test servers, under its own MQTT session. It reads
 * only the MQTT topics of its test: other bridges run on the same servers, and what one
 * of them delivers must prove nothing about another.
 */
export function bridgeEnv(
  clientId: string,
  mqttTopics: readonly string[],
  extra: Env = {},
): Env {
  const { mqtt, kafka } = testServers();
  return {
    MQTT_URL: mqtt.url,
    MQTT_USERNAME: 'bridge',
    MQTT_PASSWORD: mqtt.passwords.bridge,
    KAFKA_BROKERS: kafka.brokers.join(','),
    BRIDGE_CLIENT_ID: clientId,
    BRIDGE_MQTT_FILTERS: mqttTopics.join(','),
    SITE_TIME_ZONE: 'Europe/Stockholm',
    OPS_PORT: '0',
    ...extra,
  };
}

/** A client id whose session is deleted from the broker when the test ends. */
export function sessionId(t: TestScope): string {
  const { url, passwords } = testServers().mqtt;
  const clientId = uniqueName('bridge');
  t.onTestFinished(async () => {
    const client = await connectAsync(url, {
      protocolVersion: 5,
      clientId,
      clean: true,
      username: 'bridge',
      password: passwords.bridge,
    });
    await client.endAsync();
  });
  return clientId;
}

/** Starts a bridge that ends with the test, and waits until it is ready. */
export async function startBridge(
  t: TestScope,
  options: {
    mqttTopics: readonly string[];
    clientId?: string;
    env?: Env;
    producer?: RecordProducer;
    redrive?: { topic: string; groupId: string };
  },
): Promise<TestBridge> {
  const { mqttTopics, clientId = sessionId(t), env = {} } = options;
  const { producer, redrive } = options;
  const registry = createRegistry('bridge');
  const app = createApp({
    config: parseConfig(bridgeEnv(clientId, mqttTopics, env)),
    logger: createLogger({ component: 'bridge', level: 'silent' }),
    registry,
    producer,
    redrive,
  });
  t.onTestFinished(() => app.stop().catch(() => {}));
  await app.start();
  await eventually(() => {
    for (const [name, state] of Object.entries(app.readiness?.() ?? {})) {
      if (!state.ok) throw new Error(`${name}: ${state.detail}`);
    }
  });
  return {
    app,
    clientId,
    registry,
    metric: (name, labels) => metricOf(registry, name, labels),
  };
}

async function metricOf(
  registry: Registry,
  name: string,
  labels: Record<string, string> = {},
): Promise<number> {
  const metric = await registry.getSingleMetric(name)?.get();
  if (metric === undefined) throw new Error(`There is no metric ${name}.`);
  return metric.values
    .filter(series =>
      Object.entries(labels).every(
        ([label, value]) => series.labels[label] === value,
      ),
    )
    .reduce((total, { value }) => total + value, 0);
}

/** Creates the Kafka topics of the pipeline where they are missing. */
export async function ensureTopics(t: TestScope): Promise<void> {
  const admin = await createTestAdmin(t);
  await admin.createTopics(
    topicDefinitions.map(topic => ({
      name: topic.name,
      partitions: topic.partitions,
      config: topicSettings(topic),
    })),
  );
}

/** A device that publishes with QoS 1. */
export async function connectDevice(t: TestScope): Promise<{
  client: MqttClient;
  publish(mqttTopic: string, payload: string | Buffer | object): Promise<void>;
}> {
  const client = await connectMqtt(t, 'devices');
  return {
    client,
    async publish(mqttTopic, payload) {
      const bytes =
        typeof payload === 'string' || Buffer.isBuffer(payload)
          ? payload
          : JSON.stringify(payload);
      await client.publishAsync(mqttTopic, bytes, { qos: 1 });
    },
  };
}
