import { z } from 'zod';

/** The kinds of hops. */
export const hopKinds = [
  'device',
  'mqtt-topic',
  'kafka-topic',
  'consumer-group',
  'table',
] as const;

/**
 * Whether data arrives at a hop.
 * - `flowing`: data arrived within the expected time
 * - `quiet`: no data arrives, and none is missing: the hop before has none either, or the
 *   next is not due yet
 * - `stopped`: no data arrives although the hop before has some
 * - `unknown`: the hop could not be queried
 */
export const hopStates = ['flowing', 'quiet', 'stopped', 'unknown'] as const;

export const hopSchema = z.object({
  kind: z.enum(hopKinds),
  /** Its technical name: an MQTT topic filter, a Kafka topic, a group, a table. */
  name: z.string(),
  title: z.string(),
  /** Of a Kafka topic and a group. */
  cluster: z.string().nullable(),
  state: z.enum(hopStates),
  ratePerSecond: z.number().nonnegative().nullable(),
  /** When data was last seen here; null if never. */
  newestAt: z.iso.datetime().nullable(),
  /** Details, such as the number of MQTT topics or why it could not be queried. */
  detail: z.string().nullable(),
});

/** The path of readings from device to table, hop by hop. */
export const pipelineSchema = z.object({
  name: z.string(),
  title: z.string(),
  hops: z.array(hopSchema),
  /** One sentence that says where data stops, or that it flows. */
  sentence: z.string(),
});

const name = z.string().min(1).max(255);

/** The query of `GET /pipelines?name=energy&name=heatpump`. */
export const pipelinesQuerySchema = z.object({
  name: z
    .union([name.transform(one => [one]), z.array(name).max(50)])
    .default([]),
});

/** The answer of `GET /pipelines`. */
export const pipelinesResponseSchema = z.object({
  now: z.iso.datetime(),
  pipelines: z.array(pipelineSchema),
  /** Requested names that no pipeline has. */
  missing: z.array(z.string()),
});

export type HopKind = (typeof hopKinds)[number];
export type HopState = (typeof hopStates)[number];
export type Hop = z.infer<typeof hopSchema>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type PipelinesResponse = z.infer<typeof pipelinesResponseSchema>;
