import { DatabaseError } from 'pg';

/**
 * How to handle a failed write:
 * `bad-row`: the table refuses a value. Halve the batch, dead-letter the row.
 * `statement`: the statement was cancelled, exceeded a limit or failed for a reason of its
 *   own. Halve the batch; give up a single row only when the table accepts other writes.
 * `contention`: two writers block each other. Retry the batch soon.
 * `schema`: tables are missing, too old or not granted. Retry until that is fixed.
 * `outage`: the server or the connection failed. Retry until it is back.
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
  // Cancelled by its timeout or by a person: the server itself is fine.
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
 * Classifies a failed write by SQLSTATE. An error that ended the session is an outage,
 * whatever its code; any other unknown code concerns the statement.
 */
export function classifyDatabaseError(error: unknown): DatabaseFailure {
  // A broken socket, for example, has no SQLSTATE.
  if (!(error instanceof DatabaseError) || error.code === undefined)
    return 'outage';
  if (error.severity === 'FATAL' || error.severity === 'PANIC') return 'outage';
  return (
    failureByCode.get(error.code) ??
    failureByClass.get(error.code.slice(0, 2)) ??
    'statement'
  );
}

/** Describes a failure in one sentence, without secrets, for readiness and dead letters. */
export function describeDatabaseError(error: unknown): string {
  if (error instanceof DatabaseError)
    return `${error.message} (SQLSTATE ${error.code})`;
  if (!(error instanceof Error)) return String(error);
  // When several addresses refuse the connection, only the inner errors have a message.
  const parts = error instanceof AggregateError ? error.errors.map(String) : [];
  return error.message || parts.join('; ') || error.name;
}
