import type { Command } from 'commander';
import { join } from 'node:path';
import { checkoutRoot, homelabFolder } from '../folders.ts';
import { findRunProcesses, isAlive, membersOf } from '../runner/clean-up.ts';
import {
  listProcesses,
  readMemoryKib,
  withDescendants,
} from '../runner/proc-table.ts';
import {
  type ProcessState,
  readRunState,
  type RunState,
} from '../runner/run-state.ts';
import { formatTable } from '../table.ts';
import { isSupervised } from './down.ts';

/** One row of the table. */
interface StatusRow {
  name: string;
  status: string;
  pid: number | null;
  memoryMb: number;
  restarts: number;
  ports: string;
}

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what is running; exit code 1 unless everything is')
    .option('--json', 'for programs')
    .action((options: { json?: boolean }) => {
      const state = readRunState(join(homelabFolder(checkoutRoot), 'run'));
      const supervised = state !== undefined && isSupervised(state);
      const rows = state ? state.processes.map(describeProcess) : [];
      const phase = describePhase(state, supervised);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ phase, startedAt: state?.startedAt ?? null, processes: rows }, null, 2)}\n`
          : `${formatStatus(phase, rows)}\n`,
      );
      if (phase !== 'running' || rows.some(row => !isWell(row)))
        process.exitCode = 1;
    });
}

function describePhase(
  state: RunState | undefined,
  supervised: boolean,
): string {
  if (!state) return 'stopped';
  if (supervised) return state.phase;
  return findRunProcesses(membersOf(state)).length > 0 ? 'orphaned' : 'stopped';
}

function describeProcess(process: ProcessState): StatusRow {
  const { identity } = process;
  const alive = identity !== undefined && isAlive(identity);
  const recordedAlive = identity === undefined || alive;
  return {
    name: process.name,
    status: recordedAlive ? process.status : 'gone',
    pid: alive ? identity.pid : null,
    memoryMb: alive ? familyMemoryMb(identity.pid) : 0,
    restarts: process.restarts,
    ports: process.ports.map(({ port }) => port).join(', '),
  };
}

function familyMemoryMb(pid: number): number {
  const family = withDescendants(new Set([pid]), listProcesses());
  const kib = family.reduce((sum, entry) => sum + readMemoryKib(entry.pid), 0);
  return Math.round(kib / 1024);
}

function isWell(row: StatusRow): boolean {
  return row.status === 'ready' || row.status === 'completed';
}

/** The table for a person. */
export function formatStatus(
  phase: string,
  rows: readonly StatusRow[],
): string {
  if (phase === 'stopped')
    return 'Homelab is not running. Start it with "./homelab up".';
  const titles = ['NAME', 'STATUS', 'PID', 'MEMORY', 'RESTARTS', 'PORTS'];
  const cells = rows.map(row => [
    row.name,
    row.status,
    row.pid === null ? '-' : String(row.pid),
    row.pid === null ? '-' : `${row.memoryMb} MB`,
    String(row.restarts),
    row.ports || '-',
  ]);
  const hint =
    phase === 'orphaned'
      ? '\nIts supervisor was killed; "./homelab down" ends what is left.'
      : '';
  return `Homelab is ${phase}.\n\n${formatTable(titles, cells)}${hint}`;
}
