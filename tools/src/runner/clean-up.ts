import { setTimeout as sleep } from 'node:timers/promises';
import { HomelabError } from '../homelab-error.ts';
import {
  listProcesses,
  type ProcEntry,
  readBootId,
  readEnvironment,
  readProcess,
  withDescendants,
} from './proc-table.ts';
import type { ProcessIdentity, RunState } from './run-state.ts';

/** Environment variable that every process of a run inherits; its value is the run's id. */
export const runIdVariable = 'HOMELAB_RUN_ID';

const pollMs = 100;
const unkillableAfterMs = 10_000;

/** True while exactly this process runs, not another one that got its pid later. */
export function isAlive(identity: ProcessIdentity): boolean {
  return readProcess(identity.pid)?.startTicks === identity.startTicks;
}

/** What is needed to recognise the processes of one run. */
export interface RunMembers {
  runId: string;
  bootId: string;
  /** The leaders of the process groups, as they were recorded. */
  leaders: readonly ProcessIdentity[];
}

/** The members of a run by its recorded state. */
export function membersOf(state: RunState): RunMembers {
  return {
    runId: state.runId,
    bootId: state.bootId,
    leaders: state.processes
      .map(process => process.identity)
      .filter(identity => identity !== undefined),
  };
}

/**
 * The live processes of a run: those in the group of a leader that is still the recorded one, those with
 * the run's id in their environment, and their descendants. The id finds processes that outlived their
 * leader; group and ancestry find those that overwrote their environment, as PostgreSQL's backends do.
 * The calling process never counts.
 */
export function findRunProcesses(members: RunMembers): ProcEntry[] {
  const sameBoot = members.bootId === readBootId();
  const groups = new Set(
    members.leaders.filter(isAlive).map(leader => leader.pid),
  );
  const mark = `${runIdVariable}=${members.runId}`;
  const all = listProcesses().filter(entry => entry.pid !== process.pid);
  const own = all.filter(
    entry =>
      (sameBoot && groups.has(entry.processGroup)) ||
      readEnvironment(entry.pid).includes(mark),
  );
  return withDescendants(new Set(own.map(entry => entry.pid)), all);
}

/**
 * Ends every process of a run: first by its own stop signal or SIGTERM, after `graceMs` by SIGKILL.
 * @returns how many were signalled; those ended by their leader do not count
 */
export async function cleanUpRun(
  members: RunMembers,
  options: {
    graceMs: number;
    stopSignals?: ReadonlyMap<number, NodeJS.Signals>;
  },
): Promise<number> {
  const graceEndsAt = Date.now() + options.graceMs;
  const asked = new Set<number>();
  for (;;) {
    const rest = findRunProcesses(members);
    if (rest.length === 0) return asked.size;
    if (Date.now() >= graceEndsAt + unkillableAfterMs) throw unkillable(rest);
    if (Date.now() >= graceEndsAt) {
      rest.forEach(entry => signal(entry.pid, 'SIGKILL'));
    } else {
      for (const entry of withoutLivingLeader(rest)) {
        if (asked.has(entry.pid)) continue;
        asked.add(entry.pid);
        signal(entry.pid, options.stopSignals?.get(entry.pid) ?? 'SIGTERM');
      }
    }
    await sleep(pollMs);
  }
}

/** Leaders, and processes whose leader is gone: a live leader ends its own children in order. */
function withoutLivingLeader(entries: readonly ProcEntry[]): ProcEntry[] {
  const alive = new Set(entries.map(entry => entry.pid));
  return entries.filter(
    entry => entry.pid === entry.processGroup || !alive.has(entry.processGroup),
  );
}

function unkillable(entries: readonly ProcEntry[]): HomelabError {
  const names = entries.map(entry => `${entry.command} (pid ${entry.pid})`);
  return new HomelabError(
    'step-failed',
    `These processes do not end even when killed: ${names.join(', ')}. The usual cause is a disk or network drive that does not respond.`,
  );
}

/** Ends the processes of a run whose supervisor is gone. */
export function cleanUpDeadRun(
  state: RunState,
  graceMs = 10_000,
): Promise<number> {
  const stopSignals = new Map<number, NodeJS.Signals>();
  for (const { identity, stopSignal } of state.processes) {
    if (identity) stopSignals.set(identity.pid, stopSignal);
  }
  return cleanUpRun(membersOf(state), { graceMs, stopSignals });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between listing and signalling.
  }
}
