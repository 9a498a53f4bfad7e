import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({
  partition: z.number(),
  key: z.string().nullable(),
  value: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  timestamp: z.string(),
});

const stateSchema = z.object({
  secrets: z.record(z.string(), z.record(z.string(), z.string())),
  /** All topics, each with its first records. */
  topics: z.array(
    z.object({
      name: z.string(),
      partitions: z.number(),
      config: z.record(z.string(), z.string()),
      records: z.array(recordSchema),
    }),
  ),
  /** Where each consumer group resumes; some of the records are behind it. */
  commits: z.array(
    z.object({
      group: z.string(),
      topic: z.string(),
      partition: z.number(),
      offset: z.string(),
    }),
  ),
  /** The migrations that had been applied. */
  migrations: z.array(z.string()),
  /** The rows of the committed records, a list for each table. */
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});

/** A small part of what one version of Homelab had stored. */
export type RecordedState = z.infer<typeof stateSchema>;

/** Reads a state that `record-state.ts` wrote. */
export function readRecordedState(name: string): RecordedState {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  return stateSchema.parse(JSON.parse(text));
}
