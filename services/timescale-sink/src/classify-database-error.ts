import { DatabaseError } from 'pg';

/**
 * What a failed write asks for:
 * `bad-row`, a value that the table refuses: find it and keep the rest;
 * `contention`, two writers in each other's way: try again soon;
 * `schema`, the tables are missing, too old or not granted: wait until they are mended;
 * `outage`, everything else, a lost connection among it: wait until the database is back.
 */
export const databaseFailures = [
  'bad-row',
  'contention',
  'schema',
  'outage',
] as const;

/** One of {@link databaseFailures}. */
export type DatabaseFailure = (typeof databaseFailures)[number];

/**
 * Tells what a failed write asks for, by SQLSTATE. Only a refusal of values may cost a
 * reading its place in the table, so that every doubt is an outage.
 */
export function classifyDatabaseError(error: unknown): DatabaseFailure {
  // Anything else, a broken socket for one, carries no SQLSTATE.
  if (!(error instanceof DatabaseError) || error.code === undefined)
    return 'outage';
  if (error.code === '40001' || error.code === '40P01') return 'contention';
  switch (error.code.slice(0, 2)) {
    case '22':
    case '23':
      return 'bad-row';
    case '42':
      return 'schema';
    default:
      return 'outage';
  }
}

/** One sentence on a failure, for readiness and dead letters; holds no secret. */
export function describeDatabaseError(error: unknown): string {
  if (error instanceof DatabaseError)
    return `${error.message} (SQLSTATE ${error.code})`;
  if (!(error instanceof Error)) return String(error);
  // A refused connection to several addresses has its text only in its parts.
  const parts = error instanceof AggregateError ? error.errors.map(String) : [];
  return error.message || parts.join('; ') || error.name;
}
