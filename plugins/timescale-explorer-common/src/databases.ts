import { z } from 'zod';

/**
 * What a database offers beyond PostgreSQL.
 * - `community`: hypertables, columnstore, continuous aggregates, policies
 * - `apache`: hypertables only
 * - `none`: the extension is not installed
 */
export const editions = ['community', 'apache', 'none'] as const;

/** What a probe found on the server. */
export const serverSchema = z.object({
  postgresVersion: z.string(),
  postgresMajor: z.int(),
  /** Null without the extension. */
  timescaleVersion: z.string().nullable(),
  /** The version of the extension's files on the server. */
  timescaleAvailable: z.string().nullable(),
  edition: z.enum(editions),
  /** Whether pg_cron is installed here, and whether its jobs may be read. */
  cron: z.enum(['readable', 'hidden', 'absent']),
  bytes: z.number().nonnegative(),
});

/** A database of the configuration. */
export const databaseSchema = z.object({
  id: z.string(),
  title: z.string(),
  server: serverSchema.nullable(),
  /** Why it cannot be read; null while it can. */
  problem: z.string().nullable(),
});

/** The answer of `GET /databases`. */
export const databasesResponseSchema = z.object({
  now: z.iso.datetime(),
  databases: z.array(databaseSchema),
});

export type Edition = (typeof editions)[number];
export type Server = z.infer<typeof serverSchema>;
export type Database = z.infer<typeof databaseSchema>;
export type DatabasesResponse = z.infer<typeof databasesResponseSchema>;

/** The editions in words. */
export const editionWords: Readonly<Record<Edition, string>> = {
  community: 'community edition',
  apache: 'Apache edition',
  none: 'without TimescaleDB',
};
