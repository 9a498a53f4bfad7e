import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
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
])('says how to fix it: %s', (output, code, sentence) => {
  const error = programFailure(call, output, 'exit code 100');
  expect(error).toMatchObject({ code });
  expect(error.message).toMatch(sentence);
  expect(error.message.startsWith(call.purpose)).toBe(true);
});

test('shows the lines with the cause, not all of the output', () => {
  const output = 'Get:1 a\nGet:2 b\nE: the cause\nGet:3 c\n';
  const { message } = programFailure(call, output, 'exit code 100');
  expect(message.split('\n').slice(1)).toEqual(['  E: the cause']);
});

test('returns the output of a program, and passes it its input', async () => {
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

test('a program and its children end when this process is killed', async t => {
  // A unique number of seconds, by which the test finds its own process.
  const mark = `9${Date.now()}.5`;
  const module = new URL('./run-program.ts', import.meta.url);
  const script = `sleep ${mark} & wait`;
  const parent = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { runProgram } = await import(${JSON.stringify(module.href)});
     await runProgram({ command: 'sh', args: ['-c', '${script}'], purpose: 'Testing' });`,
  ]);
  t.onTestFinished(() => void parent.kill('SIGKILL'));
  await vi.waitFor(() => expect(runningSleeps(mark)).toBe(1), 10_000);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(runningSleeps(mark)).toBe(0), 10_000);
}, 30_000);

function runningSleeps(mark: string): number {
  const commandLine = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return ''; // It ended meanwhile.
    }
  };
  return readdirSync('/proc').filter(
    pid => /^\d+$/.test(pid) && commandLine(pid) === `sleep\0${mark}\0`,
  ).length;
}
