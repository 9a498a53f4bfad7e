import { z } from 'zod';

/**
 * The state of a target, worst first:
 * - `down`: it does not answer, or not in time
 * - `not-ready`: it answers, but reports that it is not ready
 * - `unknown`: it has not been probed yet
 * - `ok`: it answers and is ready
 */
export const healthStates = ['down', 'not-ready', 'unknown', 'ok'] as const;

/** One of {@link healthStates}. */
export type HealthState = (typeof healthStates)[number];

/** A dependency, as the target itself reports it. */
export const dependencyHealthSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  /** Why it is not ok, or a remark. */
  detail: z.string().optional(),
});

/** The last known health of one probed target. */
export const targetHealthSchema = z.object({
  /** Unique among the targets. */
  name: z.string(),
  /** Display name. */
  title: z.string(),
  /** The catalog entity it belongs to, as `kind:namespace/name`. */
  entityRef: z.string().optional(),
  state: z.enum(healthStates),
  /** Since when the backend has seen this state, ISO 8601; null while unknown. */
  since: z.iso.datetime().nullable(),
  /** When it was last probed, ISO 8601; null before the first probe. */
  checkedAt: z.iso.datetime().nullable(),
  /** How long the last answer took, in milliseconds; null without an answer. */
  latencyMs: z.number().nonnegative().nullable(),
  /** Why it is not ok, in one line; null without a reason. */
  detail: z.string().nullable(),
  /** Its dependencies; empty if it does not report any. */
  dependencies: z.array(dependencyHealthSchema),
  /** Time between two probes, in milliseconds. */
  intervalMs: z.number().positive(),
});

/** The answer of `GET /targets`. */
export const targetsResponseSchema = z.object({
  /** The backend's time, ISO 8601; ages are relative to it, not to the browser's clock. */
  now: z.iso.datetime(),
  /** In configured order. */
  targets: z.array(targetHealthSchema),
});

export type DependencyHealth = z.infer<typeof dependencyHealthSchema>;
export type TargetHealth = z.infer<typeof targetHealthSchema>;
export type TargetsResponse = z.infer<typeof targetsResponseSchema>;

/** Sorts worst first and keeps the configured order among equals. */
export function worstFirst(
  targets: readonly TargetHealth[],
): readonly TargetHealth[] {
  const rank = (target: TargetHealth) => healthStates.indexOf(target.state);
  return [...targets].sort((a, b) => rank(a) - rank(b));
}
