import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type TestScope, uniqueName } from '@homelab/test-kit';
import { listProcesses } from '../src/runner/proc-table.ts';
import type { ProcessSpec } from '../src/runner/process-spec.ts';
import { openRun, type Run } from '../src/runner/run.ts';
import {
  createSupervisor,
  type OutputLine,
  type Supervisor,
} from '../src/runner/supervisor.ts';

/** A folder that is deleted when the test ends. */
export function createFolder(t: TestScope): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-runner-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that runs a shell script and is ready when it prints "ready"; change what the test is about. */
export function shellProcess(
  name: string,
  script: string,
  change: Partial<ProcessSpec> = {},
): ProcessSpec {
  return {
    name,
    essential: true,
    command: '/bin/sh',
    args: ['-c', script],
    ready: { kind: 'log', pattern: /^ready$/ },
    readyTimeoutMs: 5_000,
    restart: 'never',
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 5_000,
    ports: [],
    ...change,
  };
}

/** A script that says it is ready and then does nothing. */
export function idle(mark: string): string {
  return `echo ready; exec sleep ${mark}`;
}

/** A number of seconds for `sleep` by which a test finds its own processes again. */
export function createMark(): string {
  return `9${uniqueName('').replace(/\D/g, '').slice(0, 3)}.${Math.floor(Math.random() * 1e9)}`;
}

/** The pids of running processes that have the mark among their arguments. */
export function findMarked(mark: string): number[] {
  return listProcesses()
    .map(entry => entry.pid)
    .filter(pid => readArguments(pid).some(arg => arg.includes(mark)))
    .filter(pid => pid !== process.pid);
}

/** Waits until no process with the mark runs. */
export function untilNoneMarked(mark: string): Promise<void> {
  return eventually(() => {
    const left = findMarked(mark);
    if (left.length > 0) throw new Error(`still running: ${left.join(', ')}`);
  });
}

/** A supervisor over these processes in a folder of its own, stopped when the test ends. */
export async function supervise(
  t: TestScope,
  specs: readonly ProcessSpec[],
): Promise<{ supervisor: Supervisor; run: Run; lines: OutputLine[] }> {
  const folder = createFolder(t);
  const run = await openRun({
    runFolder: join(folder, 'run'),
    portOffset: 0,
    report: () => {},
  });
  const lines: OutputLine[] = [];
  const supervisor = createSupervisor({
    specs,
    run,
    logsFolder: join(folder, 'logs'),
    environment: process.env,
    output: line => lines.push(line),
  });
  t.onTestFinished(async () => {
    await supervisor.stop();
    await run.close();
  });
  return { supervisor, run, lines };
}

function readArguments(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
