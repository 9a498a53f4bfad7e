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
  ['22003', 'bad-row'],
  ['22021', 'bad-row'],
  ['23514', 'bad-row'],
  ['40001', 'contention'],
  ['40P01', 'contention'],
  ['42P01', 'schema'],
  ['42501', 'schema'],
  ['08006', 'outage'],
  ['53100', 'outage'],
  ['57P01', 'outage'],
  ['57014', 'outage'],
  ['25006', 'outage'],
  ['XX000', 'outage'],
  [undefined, 'outage'],
])('SQLSTATE %s means %s', (code, failure) => {
  expect(classifyDatabaseError(databaseError(code))).toBe(failure);
});

test('a broken connection is an outage, whatever its code looks like', () => {
  const broken = Object.assign(new Error('socket'), { code: '22P02' });
  expect(classifyDatabaseError(broken)).toBe('outage');
});

test('a failure is told in one line', () => {
  expect(describeDatabaseError(databaseError('22003'))).toBe(
    'it went wrong (SQLSTATE 22003)',
  );
  expect(
    describeDatabaseError(new AggregateError([new Error('refused')])),
  ).toContain('refused');
});
