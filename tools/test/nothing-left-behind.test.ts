import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, type TestScope } from '@homelab/test-kit';
import { expect, test, vi } from 'vitest';
import { cleanUpDeadRun } from '../src/runner/clean-up.ts';
import { listProcesses, readProcess } from '../src/runner/proc-table.ts';
import { openRun } from '../src/runner/run.ts';
import { readRunState, type RunState } from '../src/runner/run-state.ts';
import {
  createFolder,
  createMark,
  findMarked,
  untilNoneMarked,
} from './small-processes.ts';

// Real processes are waited for; on a busy machine that takes longer than usual.
vi.setConfig({ testTimeout: 30_000 });

interface Supervising {
  child: ChildProcess;
  folder: string;
  mark: string;
  output: () => string;
}

/** A supervisor in a process of its own, with processes that left their group and grandchildren. */
async function startSupervising(t: TestScope, kind = ''): Promise<Supervising> {
  const folder = createFolder(t);
  const mark = createMark();
  const main = join(import.meta.dirname, 'supervise-main.ts');
  const child = spawn(process.execPath, [main, folder, mark, kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.onTestFinished(() => {
    child.kill('SIGKILL');
    findMarked(mark).forEach(pid => process.kill(pid, 'SIGKILL'));
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await eventually(() => {
    expect(output).toContain('all ready');
    expect(sleepers(mark).length).toBeGreaterThanOrEqual(3);
  });
  return { child, folder, mark, output: () => output };
}

function sleepers(mark: string): number[] {
  const asleep = new Set(
    listProcesses()
      .filter(entry => entry.command === 'sleep')
      .map(entry => entry.pid),
  );
  return findMarked(mark).filter(pid => asleep.has(pid));
}

/** The watchdogs of a folder; it shows in their arguments. */
function killWatchdog(folder: string): void {
  findMarked(join(folder, 'run')).forEach(pid => process.kill(pid, 'SIGKILL'));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`leaves nothing behind on ${signal}`, async t => {
    const { child, folder, mark } = await startSupervising(t);
    child.kill(signal);
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await untilNoneMarked(mark);
    expect(existsSync(join(folder, 'run/state.json'))).toBe(false);
  });
}

test('a second Ctrl-C kills at once what the first did not stop', async t => {
  const { child, mark, output } = await startSupervising(t, 'stubborn');
  child.kill('SIGINT');
  await eventually(() => expect(output()).toContain('stopping'));
  const exit = once(child, 'exit');
  // A signal within half a second counts as the same Ctrl-C, so it is sent until it is heard.
  const again = setInterval(() => child.kill('SIGINT'), 100);
  t.onTestFinished(() => clearInterval(again));
  await exit;
  await untilNoneMarked(mark);
});

test('leaves nothing behind when the supervisor itself is killed', async t => {
  const { child, folder, mark } = await startSupervising(t);
  child.kill('SIGKILL');
  await untilNoneMarked(mark);
  await eventually(() =>
    expect(existsSync(join(folder, 'run/state.json'))).toBe(false),
  );
});

test('the next start ends what is left after supervisor and watchdog were killed', async t => {
  const { child, folder, mark } = await startSupervising(t);
  killWatchdog(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(sleepers(mark).length).toBeGreaterThanOrEqual(3);
  const run = await openRun({
    runFolder: join(folder, 'run'),
    portOffset: 0,
    report: () => {},
  });
  await run.close();
  expect(findMarked(mark)).toEqual([]);
});

test('refuses a second run of the same folder', async t => {
  const { child, folder } = await startSupervising(t);
  const second = openRun({
    runFolder: join(folder, 'run'),
    portOffset: 0,
    report: () => {},
  });
  await expect(second).rejects.toMatchObject({
    code: 'already-running',
    message: expect.stringContaining(`pid ${child.pid}`),
  });
});

test('never ends another process that reuses a recorded pid', async t => {
  const { child, folder, mark } = await startSupervising(t);
  killWatchdog(folder);
  const state = readRunState(join(folder, 'run'));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const foreign = spawn('sleep', [mark], { detached: true });
  t.onTestFinished(() => {
    foreign.kill('SIGKILL');
  });
  const pid = foreign.pid ?? 0;
  const startTicks = readProcess(pid)?.startTicks ?? 0;
  const reused: RunState = {
    ...state!,
    processes: state!.processes.map(one => ({
      ...one,
      identity: { pid, startTicks: startTicks - 1 },
    })),
  };
  await cleanUpDeadRun(reused, 500);
  expect(readProcess(pid)?.command).toBe('sleep');
});
