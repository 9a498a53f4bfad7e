import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import {
  classifyDatabaseError,
  describeDatabaseError,
} from './classify-database-error.ts';

function databaseError(code: string | undefined) {
  const error = new DatabaseError('it went wrong', 0, 'error');
  error.code = code;
  return error;
}

test.each([
  ['22003', 'bad-row'], // a number out of range
  ['22021', 'bad-row'], // a NUL in text
  ['22008', 'bad-row'], // a time out of range
  ['23514', 'bad-row'], // a check
  ['23502', 'bad-row'], // a missing value
  ['44000', 'bad-row'], // the check option of a view
  ['P0001', 'bad-row'], // a trigger that raises
  ['57014', 'statement'], // cancelled, by statement_timeout or a person
  ['53400', 'statement'], // beyond a configured limit
  ['54000', 'statement'], // beyond a limit of the program: a row too large for its page
  ['54001', 'statement'], // a statement too complex
  ['55000', 'statement'], // a chunk that is frozen
  ['0A000', 'statement'], // not supported for this chunk
  ['21000', 'statement'], // a row twice in one statement
  ['XX000', 'statement'], // an internal error
  ['40001', 'contention'],
  ['40P01', 'contention'],
  ['55P03', 'contention'],
  ['42P01', 'schema'],
  ['42501', 'schema'],
  ['42703', 'schema'],
  ['3F000', 'schema'],
  ['08006', 'outage'],
  ['08P01', 'outage'],
  ['28P01', 'outage'],
  ['3D000', 'outage'],
  ['25006', 'outage'], // a standby
  ['25P03', 'outage'], // idle in a transaction for too long
  ['40003', 'outage'], // unknown whether it was committed
  ['53000', 'outage'],
  ['53100', 'outage'], // disk full
  ['53200', 'outage'], // out of memory
  ['53300', 'outage'], // too many connections
  ['57P01', 'outage'], // shutdown
  ['57P03', 'outage'], // starting
  ['57P05', 'outage'], // an idle session ended
  ['58030', 'outage'], // input or output
  [undefined, 'outage'],
])('SQLSTATE %s means %s', (code, failure) => {
  expect(classifyDatabaseError(databaseError(code))).toBe(failure);
});

test('an error that ends the session is an outage, whatever its code', () => {
  const error = databaseError('XX000');
  error.severity = 'FATAL';
  expect(classifyDatabaseError(error)).toBe('outage');
});

test('a broken connection is an outage, whatever its code looks like', () => {
  const broken = Object.assign(new Error('socket'), { code: '22P02' });
  expect(classifyDatabaseError(broken)).toBe('outage');
});

test('a failure is described in one line', () => {
  expect(describeDatabaseError(databaseError('22003'))).toBe(
    'it went wrong (SQLSTATE 22003)',
  );
  expect(
    describeDatabaseError(new AggregateError([new Error('refused')])),
  ).toContain('refused');
});
