import { expect, test } from 'vitest';
import { columnLiteral } from './array-literal.ts';

test('numbers and flags are written bare, null as NULL', () => {
  expect(columnLiteral([1.5, null, -0.25, 1e21], 'double precision')).toBe(
    '{1.5,NULL,-0.25,1e+21}',
  );
  expect(columnLiteral([true, false, null], 'boolean')).toBe(
    '{true,false,NULL}',
  );
});

test('text cannot leave its quotes', () => {
  expect(columnLiteral(['a"b', 'c\\', '},{', 'NULL', ''], 'text')).toBe(
    String.raw`{"a\"b","c\\","},{","NULL",""}`,
  );
});

test('a list is a literal within the literal', () => {
  expect(columnLiteral([['one', 'a"b'], [], null], 'text[]')).toBe(
    String.raw`{"{\"one\",\"a\\\"b\"}","{}",NULL}`,
  );
});

test('a column without any value is no array at all', () => {
  expect(columnLiteral([null, null], 'double precision')).toBeNull();
});
