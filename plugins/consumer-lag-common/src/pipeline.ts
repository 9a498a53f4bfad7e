import { z } from 'zod';
import { groupSummarySchema, clusterSchema } from './lag';

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
 * - `quiet`: nothing came, and nothing came at the hop before either
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

/** The way of the readings of an entity, hop by hop. */
export const pipelineSchema = z.object({
  name: z.string(),
  title: z.string(),
  hops: z.array(hopSchema),
  /** Where it stops, or that it flows, in one sentence. */
  sentence: z.string(),
});

/** The answer of `GET /entities/:kind/:namespace/:name`. */
export const entityResponseSchema = z.object({
  now: z.iso.datetime(),
  clusters: z.array(clusterSchema),
  groups: z.array(groupSummarySchema),
  /** Parts of the annotation that mean no group that exists. */
  missing: z.array(z.string()),
  pipelines: z.array(pipelineSchema),
});

export type HopKind = (typeof hopKinds)[number];
export type HopState = (typeof hopStates)[number];
export type Hop = z.infer<typeof hopSchema>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type EntityResponse = z.infer<typeof entityResponseSchema>;
