import { expect, test } from 'vitest';
import { bearerTokenOf } from './bearer-token.ts';

test.each([
  ['Bearer abc.d-e_f~g+h/i==', 'abc.d-e_f~g+h/i=='],
  ['bearer   abc', 'abc'],
  ['Basic YTpi', undefined],
  ['Bearer a b', undefined],
  ['Bearer ', undefined],
  [`Bearer ${'a'.repeat(4_097)}`, undefined],
  [undefined, undefined],
])('%s', (header, token) => {
  expect(bearerTokenOf(header)).toBe(token);
});
