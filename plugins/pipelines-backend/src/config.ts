import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  badConfig,
  configFields,
  parseConfig,
  refuseMovedKeys,
} from '@homelab/portal-node';
import { z } from 'zod';

const { text, port } = configFields;
const title = text.optional();

const mqttFields = {
  /** One of `mqttBrokers`. */
  broker: text,
  topicFilters: z.array(text).min(1),
  title,
};

const hopSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), ...mqttFields }),
  z.object({ kind: z.literal('mqtt-topic'), ...mqttFields }),
  z.object({
    kind: z.literal('kafka-topic'),
    cluster: text,
    topic: text,
    title,
  }),
  z.object({
    kind: z.literal('consumer-group'),
    cluster: text,
    groupId: text,
    title,
  }),
  z.object({
    kind: z.literal('table'),
    /** One of `databases`. */
    database: text,
    table: text,
    timeColumn: text,
    storedAtColumn: text.optional(),
    title,
  }),
]);

const pipelineSchema = z.object({
  /** Its name in the annotation of an entity. */
  name: text.regex(/^[^,]+$/, 'must not have a comma'),
  title,
  /** The time within which data is expected at every hop. */
  expectedIntervalSeconds: z.coerce.number().positive().default(120),
  hops: z.array(hopSchema).min(1),
  /** From an older version; must not be ignored silently. */
  entityRefs: z
    .never(
      'is no longer read: name the pipeline in the annotation homelab/pipelines of each entity instead',
    )
    .optional(),
});

const pipelinesSchema = z.object({
  mqttBrokers: z
    .array(
      z.object({
        name: text,
        url: z.url({ protocol: /^(mqtts?|wss?)$/ }),
        username: text.optional(),
        password: text.optional(),
      }),
    )
    .default([]),
  databases: z
    .array(
      z.object({
        name: text,
        host: text,
        port: port.default(5432),
        database: text,
        user: text,
        password: text,
      }),
    )
    .default([]),
  list: z.array(pipelineSchema).default([]),
});

/** The `pipelines` section of the configuration, parsed. */
export type PipelinesConfig = z.infer<typeof pipelinesSchema>;
export type PipelineConfig = PipelinesConfig['list'][number];
export type HopConfig = PipelineConfig['hops'][number];

/**
 * Reads the `pipelines` section.
 * @throws InputError that names every invalid key, never a value that may be secret, and every
 * hop that refers to something missing
 */
export function readPipelinesConfig(root: RootConfigService): PipelinesConfig {
  refuseMovedKeys(root, {
    'consumerLag.mqttBrokers': 'pipelines.mqttBrokers',
    'consumerLag.databases': 'pipelines.databases',
    'consumerLag.pipelines': 'pipelines.list',
  });
  const config = parseConfig(pipelinesSchema, root, 'pipelines');
  const clusters = (root.getOptionalConfigArray('kafka.clusters') ?? []).map(
    one => one.getString('name'),
  );
  const problems = [...repeatedNames(config), ...problemsOf(config, clusters)];
  if (problems.length > 0) throw badConfig(problems);
  return config;
}

function repeatedNames({ list }: PipelinesConfig): string[] {
  const names = list.map(({ name }) => name);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map(name => `pipelines.list: there are two pipelines ${name}`);
}

function problemsOf(
  config: PipelinesConfig,
  clusters: readonly string[],
): string[] {
  const has = (list: readonly { name: string }[], name: string) =>
    list.some(one => one.name === name);
  return config.list.flatMap(pipeline =>
    pipeline.hops.flatMap((hop, index) => {
      const at = `pipelines.list (${pipeline.name}), hop ${index + 1}`;
      if ('broker' in hop && !has(config.mqttBrokers, hop.broker))
        return [
          `${at}: there is no MQTT broker ${hop.broker} in pipelines.mqttBrokers`,
        ];
      if ('database' in hop && !has(config.databases, hop.database))
        return [
          `${at}: there is no database ${hop.database} in pipelines.databases`,
        ];
      if ('cluster' in hop && !clusters.includes(hop.cluster))
        return [
          `${at}: there is no Kafka cluster ${hop.cluster} in kafka.clusters`,
        ];
      return [];
    }),
  );
}
