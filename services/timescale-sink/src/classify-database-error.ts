import { DatabaseError } from 'pg';

/**
 * What a failed write asks for:
 * `bad-row`: the table refuses a value. Halve the batch, dead-letter the row.
 * `statement`: this statement was cancelled, went beyond a limit or failed for a reason of
 *   its own. Halve the batch; a lone row is given up only when the table takes other writes.
 * `contention`: two writers are in each other's way. Retry the batch soon.
 * `schema`: tables are missing, too old or not granted. Retry until they are fixed.
 * `outage`: the server or the connection is at fault. Retry until it is back.
 */
export const databaseFailures = [
  'bad-row',
  'statement',
  'contention',
  'schema',
  'outage',
] as const;

/** One of {@link databaseFailures}. */
export type DatabaseFailure = (typeof databaseFailures)[number];

const failureByCode: ReadonlyMap<string, DatabaseFailure> = new Map([
  // Serialization failure, deadlock, lock not available.
  ['40001', 'contention'],
  ['40P01', 'contention'],
  ['55P03', 'contention'],
  // A cancelled statement, by its timeout or by a person: not the end of the server.
  ['57014', 'statement'],
  // A configured limit, such as that of tuples decompressed by one transaction.
  ['53400', 'statement'],
]);

const failureByClass: ReadonlyMap<string, DatabaseFailure> = new Map([
  // Data, integrity constraint, check option of a view, a trigger's own refusal.
  ['22', 'bad-row'],
  ['23', 'bad-row'],
  ['44', 'bad-row'],
  ['P0', 'bad-row'],
  // Unknown or forbidden names, an unknown schema.
  ['42', 'schema'],
  ['3F', 'schema'],
  // Connection, authorization, database gone, read-only or broken transaction, rollback of
  // unknown outcome, resources, operator intervention, system error.
  ['08', 'outage'],
  ['28', 'outage'],
  ['3D', 'outage'],
  ['25', 'outage'],
  ['40', 'outage'],
  ['53', 'outage'],
  ['57', 'outage'],
  ['58', 'outage'],
]);

/**
 * Classifies a failed write by SQLSTATE. Whatever ended the session is an outage, whatever
 * its code; a code that says nothing about the server is about the statement.
 */
export function classifyDatabaseError(error: unknown): DatabaseFailure {
  // A broken socket, for one, carries no SQLSTATE.
  if (!(error instanceof DatabaseError) || error.code === undefined)
    return 'outage';
  if (error.severity === 'FATAL' || error.severity === 'PANIC') return 'outage';
  return (
    failureByCode.get(error.code) ??
    failureByClass.get(error.code.slice(0, 2)) ??
    'statement'
  );
}

/** Describes a failure in one sentence, for readiness and dead letters; holds no secret. */
export function describeDatabaseError(error: unknown): string {
  if (error instanceof DatabaseError)
    return `${error.message} (SQLSTATE ${error.code})`;
  if (!(error instanceof Error)) return String(error);
  // A refused connection to several addresses has its text only in its parts.
  const parts = error instanceof AggregateError ? error.errors.map(String) : [];
  return error.message || parts.join('; ') || error.name;
}
