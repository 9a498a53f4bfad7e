import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { HomelabError, systemCodeOf } from '../homelab-error.ts';
import { readLines } from './lines.ts';
import { listProcesses, readProcess } from './proc-table.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessIdentity } from './run-state.ts';

const pollMs = 50;
/** A child whose output was inherited by others must not delay us longer. */
const lastLinesTimeoutMs = 500;

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running process that leads its own process group. */
export interface ChildGroup {
  readonly identity: ProcessIdentity;
  /** Resolves after the leader ended and its last lines were read. */
  readonly exited: Promise<Exit>;
  /** Asks the leader, then its children, to end; kills the group after `timeoutMs`. */
  stop(signal: NodeJS.Signals, timeoutMs: number): Promise<void>;
  /** Kills the whole group now. */
  kill(): void;
}

/**
 * Starts the process of a spec as the leader of a new session, so that a Ctrl-C in the terminal reaches
 * only us, and everything it starts can be ended together.
 * @throws HomelabError `missing-program` when it cannot be started
 */
export function spawnGroup(
  spec: ProcessSpec,
  environment: Readonly<Record<string, string | undefined>>,
  onLine: (line: string) => void,
): Promise<ChildGroup> {
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...environment, ...spec.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...spec.runAs,
  });
  const { pid } = child;
  if (pid === undefined) {
    return new Promise((_, reject) =>
      child.once('error', error => reject(cannotStart(spec, error))),
    );
  }
  child.on('error', () => {
    // The exit reports it; a signal that could not be sent does not matter.
  });
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  const identity = { pid, startTicks: readProcess(pid)?.startTicks ?? 0 };
  const exited = waitForExit(child);
  return Promise.resolve({
    identity,
    exited,
    stop: (signal, timeoutMs) =>
      stopGroup(pid, child, exited, signal, timeoutMs),
    kill: () => signalGroup(pid, 'SIGKILL'),
  });
}

function waitForExit(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => {
      const closed = new Promise<void>(done =>
        child.once('close', () => done()),
      );
      const limit = sleep(lastLinesTimeoutMs, undefined, { ref: false });
      void Promise.race([closed, limit]).then(() => resolve({ code, signal }));
    });
  });
}

async function stopGroup(
  group: number,
  child: ChildProcess,
  exited: Promise<Exit>,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<void> {
  const killAt = Date.now() + timeoutMs;
  // Only the leader is asked first: it ends its own children in the right order.
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  const timeout = new AbortController();
  await Promise.race([
    exited,
    sleep(timeoutMs, undefined, { signal: timeout.signal }).catch(() => {}),
  ]);
  timeout.abort();
  if (Date.now() < killAt) signalGroup(group, 'SIGTERM');
  while (isGroupAlive(group)) {
    if (Date.now() >= killAt) signalGroup(group, 'SIGKILL');
    await sleep(pollMs);
  }
  await exited;
}

/** Uses the process table instead of signal 0, which succeeds for an unreaped zombie forever. */
function isGroupAlive(group: number): boolean {
  return listProcesses().some(entry => entry.processGroup === group);
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group is empty.
  }
}

function cannotStart(spec: ProcessSpec, cause: Error): HomelabError {
  if (spec.cwd !== undefined && !existsSync(spec.cwd)) {
    return new HomelabError(
      'missing-program',
      `${spec.name} cannot start: its folder ${spec.cwd} does not exist. Check out the repository again.`,
      { cause },
    );
  }
  const reasons: Record<string, string> = {
    ENOENT: `the program ${spec.command} was not found`,
    EACCES: `this user may not execute the program ${spec.command}`,
    EPERM: `this user may not run ${spec.command} as another user`,
  };
  const reason = reasons[systemCodeOf(cause) ?? ''] ?? cause.message;
  return new HomelabError(
    'missing-program',
    `${spec.name} cannot start: ${reason}. "./homelab doctor" says what is missing and how to get it.`,
    { cause },
  );
}
