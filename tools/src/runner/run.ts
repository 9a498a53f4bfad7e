import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { HomelabError, isFullDisk } from '../homelab-error.ts';
import { cleanUpDeadRun, cleanUpRun, membersOf } from './clean-up.ts';
import { readBootId, readProcess } from './proc-table.ts';
import {
  readRunState,
  removeRunState,
  type RunState,
  writeRunState,
} from './run-state.ts';
import { takeRunLock } from './run-lock.ts';
import { startWatchdog } from './watchdog.ts';

/** One run of a stack: holds the lock of its folder, and knows which processes belong to it. */
export interface Run {
  readonly runId: string;
  readonly state: RunState;
  /** Changes the recorded state, on disk at once. */
  update(change: Partial<Pick<RunState, 'phase' | 'processes'>>): void;
  /** Ends all remaining processes of this run, then releases the lock. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens the run of a folder: takes its lock, ends what an earlier run left behind, starts the watchdog.
 * @throws HomelabError `already-running` while another run holds the folder
 */
export async function openRun(options: {
  runFolder: string;
  portOffset: number;
  report: (message: string) => void;
  /** The message when the folder is in use, given a text like ` (pid 12)` or an empty one. */
  describeBusy?: (owner: string) => string;
}): Promise<Run> {
  const { runFolder } = options;
  mkdirSync(runFolder, { recursive: true });
  const lock = await takeRunLock(runFolder);
  if (!lock) throw alreadyRunning(runFolder, options.describeBusy);
  try {
    await cleanUpEarlierRun(runFolder, options.report);
    const state = newState(options.portOffset);
    writeRunState(runFolder, state);
    startWatchdog(runFolder, state.runId);
    let closed: Promise<void> | undefined;
    const close = async () => {
      await cleanUpRun(membersOf(state), { graceMs: 2_000 });
      removeRunState(runFolder);
      await lock.release();
    };
    return {
      runId: state.runId,
      state,
      update(change) {
        Object.assign(state, change);
        recordState(runFolder, state, options.report);
      },
      close: () => (closed ??= close()),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function cleanUpEarlierRun(
  runFolder: string,
  report: (message: string) => void,
): Promise<void> {
  const earlier = readRunState(runFolder);
  if (!earlier) return;
  const ended = await cleanUpDeadRun(earlier);
  if (ended > 0)
    report(
      `Ended ${ended} processes that an earlier, killed run had left behind.`,
    );
}

function newState(portOffset: number): RunState {
  return {
    version: 1,
    runId: randomUUID(),
    bootId: readBootId(),
    phase: 'preparing',
    startedAt: new Date().toISOString(),
    portOffset,
    supervisor: {
      pid: process.pid,
      startTicks: readProcess(process.pid)?.startTicks ?? 0,
    },
    processes: [],
  };
}

/** A disk that fills up later must not stop the stack: the run's id alone still finds every process. */
function recordState(
  runFolder: string,
  state: RunState,
  report: (message: string) => void,
): void {
  try {
    writeRunState(runFolder, state);
  } catch (error) {
    if (!isFullDisk(error)) throw error;
    report(
      `The disk is full: "./homelab status" shows an old state until there is space again.`,
    );
  }
}

function alreadyRunning(
  runFolder: string,
  describe = describeBusyStack,
): HomelabError {
  const pid = readRunState(runFolder)?.supervisor.pid;
  const owner = pid === undefined ? '' : ` (pid ${pid})`;
  return new HomelabError('already-running', describe(owner));
}

function describeBusyStack(owner: string): string {
  return `Homelab is already running in this checkout${owner}. See "./homelab status", or end it with "./homelab down".`;
}
