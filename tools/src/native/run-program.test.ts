import { expect, test } from 'vitest';
import { programFailure, runProgram } from './run-program.ts';

const call = { command: 'apt-get', purpose: 'Downloading Debian packages' };

test.each([
  [
    "E: Failed to fetch http://one.test/x  Temporary failure resolving 'one.test'",
    'step-failed',
    /cannot be reached: check the network/,
  ],
  [
    'E: Failed to fetch http://one.test/x  403  Forbidden',
    'step-failed',
    /refused the request/,
  ],
  [
    'E: Write error - write (28: No space left on device)',
    'full-disk',
    /disk is full: free some space/,
  ],
  ['E: something else', 'step-failed', /apt-get ended with exit code 100/],
])('says how to mend: %s', (output, code, sentence) => {
  const error = programFailure(call, output, 'exit code 100');
  expect(error).toMatchObject({ code });
  expect(error.message).toMatch(sentence);
  expect(error.message.startsWith(call.purpose)).toBe(true);
});

test('shows the lines that say why, not all of the output', () => {
  const output = 'Get:1 a\nGet:2 b\nE: the cause\nGet:3 c\n';
  const { message } = programFailure(call, output, 'exit code 100');
  expect(message.split('\n').slice(1)).toEqual(['  E: the cause']);
});

test('gives what a program prints, and feeds it its input', async () => {
  const output = await runProgram({
    command: 'tr',
    args: ['a', 'b'],
    input: 'aaa',
    purpose: 'Testing',
  });
  expect(output).toBe('bbb');
});

test('names a program that is not installed', async () => {
  const missing = runProgram({
    command: 'no-such-program',
    args: [],
    purpose: 'Testing',
  });
  await expect(missing).rejects.toMatchObject({
    code: 'missing-program',
    message: expect.stringContaining('"no-such-program"'),
  });
});
