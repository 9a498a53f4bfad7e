import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';

const main = fileURLToPath(
  new URL('fixtures/service-main.ts', import.meta.url),
);

/** Runs the fixture in its own process; `event` waits for a line of its log. */
function startProcess(t: TestContext, env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', text => {
    errors += String(text);
  });
  const lines: Record<string, unknown>[] = [];
  const waiting: { event: string; resolve: () => void }[] = [];
  createInterface(child.stdout).on('line', text => {
    const line = JSON.parse(text);
    lines.push(line);
    for (const { event, resolve } of waiting)
      if (line.event === event) resolve();
  });
  return {
    child,
    event: (event: string) =>
      new Promise<void>(resolve => {
        waiting.push({ event, resolve });
        if (lines.some(line => line.event === event)) resolve();
      }),
    async exitCode() {
      const [code] = await exit;
      return code;
    },
    errors: () => errors,
  };
}

test('SIGTERM after a clean stop exits with 0', async t => {
  const { child, event, exitCode } = startProcess(t, { OPS_PORT: '0' });
  await event('started');
  child.kill('SIGTERM');
  await event('stopped');
  expect(await exitCode()).toBe(0);
});

test('a stop beyond the deadline exits with 1', async t => {
  const { child, event, exitCode } = startProcess(t, {
    OPS_PORT: '0',
    FIXTURE_HANGS: 'true',
  });
  await event('started');
  child.kill('SIGINT');
  expect(await exitCode()).toBe(1);
});

test('a second signal does not wait for the deadline', async t => {
  const { child, event, exitCode } = startProcess(t, {
    OPS_PORT: '0',
    FIXTURE_HANGS: 'true',
  });
  await event('started');
  child.kill('SIGTERM');
  await event('stopping');
  child.kill('SIGTERM');
  expect(await exitCode()).toBe(143);
});

test('an invalid environment is reported in sentences and exits with 1', async t => {
  const { exitCode, errors } = startProcess(t, {
    OPS_PORT: 'x',
    LOG_LEVEL: 'loud',
  });
  expect(await exitCode()).toBe(1);
  expect(errors()).toMatch(
    /^fixture cannot start\.\n {2}Fix .*OPS_PORT.*\.\n {2}Fix .*LOG_LEVEL.*\.\n$/,
  );
});
