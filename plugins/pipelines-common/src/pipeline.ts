import { z } from 'zod';

/** What a hop of a pipeline is. */
export const hopKinds = [
  'device',
  'mqtt-topic',
  'kafka-topic',
  'consumer-group',
  'table',
] as const;

/**
 * Whether something comes by.
 * - `flowing`: something came within the time that is expected of it
 * - `quiet`: nothing comes now, and none is missing: the hop before has nothing either, or the
 *   next is not due yet
 * - `stopped`: nothing comes here although the hop before has it
 * - `unknown`: it could not be asked
 */
export const hopStates = ['flowing', 'quiet', 'stopped', 'unknown'] as const;

export const hopSchema = z.object({
  kind: z.enum(hopKinds),
  /** Its own name: an MQTT topic filter, a Kafka topic, a group, a table. */
  name: z.string(),
  title: z.string(),
  /** Of a Kafka topic and a group. */
  cluster: z.string().nullable(),
  state: z.enum(hopStates),
  ratePerSecond: z.number().nonnegative().nullable(),
  /** When something was last seen here; null when it never was. */
  newestAt: z.iso.datetime().nullable(),
  /** One more line: how many devices, why it could not be asked. */
  detail: z.string().nullable(),
});

/** The way of readings from device to table, hop by hop. */
export const pipelineSchema = z.object({
  name: z.string(),
  title: z.string(),
  hops: z.array(hopSchema),
  /** Where it stops, or that it flows, in one sentence. */
  sentence: z.string(),
});

const name = z.string().min(1).max(255);

/** What `GET /pipelines?name=energy&name=heatpump` asks for. */
export const pipelinesQuerySchema = z.object({
  name: z
    .union([name.transform(one => [one]), z.array(name).max(50)])
    .default([]),
});

/** The answer of `GET /pipelines`. */
export const pipelinesResponseSchema = z.object({
  now: z.iso.datetime(),
  pipelines: z.array(pipelineSchema),
  /** Names that were asked for and that no pipeline has. */
  missing: z.array(z.string()),
});

export type HopKind = (typeof hopKinds)[number];
export type HopState = (typeof hopStates)[number];
export type Hop = z.infer<typeof hopSchema>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type PipelinesResponse = z.infer<typeof pipelinesResponseSchema>;
