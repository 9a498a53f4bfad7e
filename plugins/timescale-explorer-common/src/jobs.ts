import { z } from 'zod';

/**
 * What a job does.
 * - `columnstore`, `retention`, `refresh`, `reorder`: a policy of TimescaleDB
 * - `own`: a procedure or statement of the user's
 * - `internal`: TimescaleDB's own housekeeping
 */
export const jobKinds = [
  'columnstore',
  'retention',
  'refresh',
  'reorder',
  'own',
  'internal',
] as const;

export const jobStatuses = ['succeeded', 'failed', 'running', 'never'] as const;

/** One run of a job. */
export const jobRunSchema = z.object({
  startedAt: z.iso.datetime(),
  /** Null while it runs. */
  durationMs: z.number().nonnegative().nullable(),
  succeeded: z.boolean(),
  /** What a failed run said. */
  message: z.string().nullable(),
});

/** A job of TimescaleDB or of pg_cron. */
export const jobSchema = z.object({
  scheduler: z.enum(['timescaledb', 'pg_cron']),
  /** Unique within its scheduler. */
  id: z.string(),
  name: z.string(),
  kind: z.enum(jobKinds),
  /** The hypertable or aggregate it is for, such as `public.readings`. */
  target: z.string().nullable(),
  /** In words: `every 1 hour`, or the expression of pg_cron. */
  schedule: z.string(),
  /** The time between two runs; null where the schedule does not say. */
  everyMs: z.number().nullable(),
  isScheduled: z.boolean(),
  owner: z.string(),
  /** What it runs: a procedure with its configuration, or a statement. */
  command: z.string(),
  /** The limits of a policy, by their names in its configuration: `drop_after`, `start_offset` … */
  limits: z.record(
    z.string(),
    z.object({
      /** Null is without limit. */
      text: z.string().nullable(),
      /** Null too for a table partitioned by integers. */
      ms: z.number().nullable(),
    }),
  ),
  lastStatus: z.enum(jobStatuses),
  lastStartedAt: z.iso.datetime().nullable(),
  lastSucceededAt: z.iso.datetime().nullable(),
  lastDurationMs: z.number().nullable(),
  /** What the last failed run said; null if the last run succeeded or nothing is known. */
  lastError: z.string().nullable(),
  nextStartAt: z.iso.datetime().nullable(),
  /** Since when it should have started. */
  overdueSince: z.iso.datetime().nullable(),
  totalRuns: z.number().nullable(),
  totalFailures: z.number().nullable(),
  /** The latest runs that the database keeps, oldest first. */
  runs: z.array(jobRunSchema),
});

/** The answer of `GET /databases/{database}/jobs`. */
export const jobsResponseSchema = z.object({
  now: z.iso.datetime(),
  jobs: z.array(jobSchema),
  /** What cannot be seen, with how to change that. */
  notes: z.array(z.string()),
});

export type Job = z.infer<typeof jobSchema>;
export type JobKind = (typeof jobKinds)[number];
export type JobRun = z.infer<typeof jobRunSchema>;
export type JobsResponse = z.infer<typeof jobsResponseSchema>;
