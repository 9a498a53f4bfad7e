import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError, systemCodeOf } from '../homelab-error.ts';
import { cleanUpDeadRun, isAlive } from '../runner/clean-up.ts';
import { readBootId } from '../runner/proc-table.ts';
import {
  readRunState,
  removeRunState,
  type RunState,
} from '../runner/run-state.ts';

const pollMs = 100;
/** Longer than the slowest stop of all processes one after another. */
const stopTimeoutMs = 120_000;

export function addDown(program: Command): void {
  program
    .command('down')
    .description('stop everything this checkout runs')
    .action(async () => {
      const runFolder = join(homelabFolder(checkoutRoot), 'run');
      process.stdout.write(`${await stopRun(runFolder)}\n`);
    });
}

/**
 * Stops the run of a folder and waits until nothing of it is left.
 * @returns what was done, as a sentence
 */
async function stopRun(runFolder: string): Promise<string> {
  const state = readRunState(runFolder);
  if (!state) return 'Nothing was running.';
  if (isSupervised(state)) {
    signal(state.supervisor.pid, 'SIGTERM');
    const killAt = Date.now() + stopTimeoutMs;
    while (isAlive(state.supervisor)) {
      if (Date.now() > killAt) signal(state.supervisor.pid, 'SIGKILL');
      await sleep(pollMs);
    }
  }
  // Finds nothing after a regular stop; after a kill -9 it ends the rest.
  const left = await cleanUpDeadRun(state);
  if (readRunState(runFolder)?.runId === state.runId) removeRunState(runFolder);
  return left === 0
    ? 'Stopped.'
    : `Stopped, with ${left} processes whose supervisor had been killed.`;
}

/** Sends a signal; ignores a process that has ended meanwhile. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCodeOf(error) === 'ESRCH') return;
    throw new HomelabError(
      'not-permitted',
      `Homelab (pid ${pid}) cannot be stopped: it belongs to another user. Run "./homelab down" as that user, or as root.`,
      { cause: error },
    );
  }
}

/** True while the process that started the run exists and can stop it. */
export function isSupervised(state: RunState): boolean {
  return state.bootId === readBootId() && isAlive(state.supervisor);
}
