import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  [['a', 1, null, true], 'a,1,,true\r\n'],
  [['x,y', 'say "hi"', 'two\nlines'], '"x,y","say ""hi""","two\nlines"\r\n'],
  [[['low', 'high'], -1.5], 'low;high,-1.5\r\n'],
])('%j is one line', (values, line) => {
  expect(csvLine(values)).toBe(line);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'the text %j is no formula',
  text => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
  },
);
