import { z } from 'zod';

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(1).max(65_535);
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

/** The keys of the configuration that describe pipelines. */
export const pipelinesConfigShape = {
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
  pipelines: z
    .array(
      z.object({
        name: text,
        title,
        /** Entities whose pages show it, as `kind:namespace/name`. */
        entityRefs: z.array(text).default([]),
        /** Within this time something is expected at every hop. */
        expectedIntervalSeconds: z.coerce.number().positive().default(120),
        hops: z.array(hopSchema).min(1),
      }),
    )
    .default([]),
};

const shape = z.object(pipelinesConfigShape);

/** The parsed configuration of pipelines. */
export type PipelinesConfig = z.infer<typeof shape>;
export type PipelineConfig = PipelinesConfig['pipelines'][number];
export type HopConfig = PipelineConfig['hops'][number];

/** Says what a hop names that does not exist; empty when all is well. */
export function problemsOf(
  config: PipelinesConfig,
  clusters: readonly string[],
): string[] {
  const has = (list: readonly { name: string }[], name: string) =>
    list.some(one => one.name === name);
  return config.pipelines.flatMap(pipeline =>
    pipeline.hops.flatMap((hop, index) => {
      const at = `consumerLag.pipelines (${pipeline.name}), hop ${index + 1}`;
      if ('broker' in hop && !has(config.mqttBrokers, hop.broker))
        return [`${at}: there is no MQTT broker ${hop.broker} in mqttBrokers`];
      if ('database' in hop && !has(config.databases, hop.database))
        return [`${at}: there is no database ${hop.database} in databases`];
      if ('cluster' in hop && !clusters.includes(hop.cluster))
        return [`${at}: there is no Kafka cluster ${hop.cluster} in clusters`];
      return [];
    }),
  );
}
