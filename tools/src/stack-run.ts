import { mkdirSync } from 'node:fs';
import { explainFullDisk, requireFreeSpace } from './disk-space.ts';
import { HomelabError } from './homelab-error.ts';
import { defaultCacheDir } from './native/cache.ts';
import { ensureNativeTools } from './native/native-tools.ts';
import { ensureHouseholdPassword } from './native/household-password.ts';
import { ensureSecrets } from './native/secrets.ts';
import { type HomelabPorts, labelPorts } from './ports.ts';
import {
  findRunProcesses,
  membersOf,
  runIdVariable,
} from './runner/clean-up.ts';
import { checkDependencies } from './runner/dependency-order.ts';
import { readMemoryKib } from './runner/proc-table.ts';
import type { HomelabFolders, ProcessSpec } from './runner/process-spec.ts';
import { openRun, type Run } from './runner/run.ts';
import {
  createSupervisor,
  type OutputLine,
  type Supervisor,
} from './runner/supervisor.ts';
import { requireFreePorts } from './runner/used-ports.ts';
import type { Server } from './servers/server.ts';
import type { StackOptions } from './stack-options.ts';

export interface StackRunOptions {
  /** An open run to start in, which stays open; by default the stack opens and closes its own. */
  run?: Run;
  folders: HomelabFolders;
  ports: HomelabPorts;
  portOffset: number;
  /** Servers other than those of the house, for tests. */
  servers?: readonly Server[];
  /** The processes to run, given the prepared servers. */
  processes: (options: StackOptions) => ProcessSpec[];
  /** Reports progress before the first process starts. */
  report: (message: string) => void;
  /** Creates the receiver of the processes' output. */
  output: (specs: readonly ProcessSpec[]) => (line: OutputLine) => void;
  /** Stops it in order. */
  stopSignal: AbortSignal;
  /** Stops it at once. */
  killSignal: AbortSignal;
}

/** A stack whose essential processes are ready. */
export interface RunningStack {
  readonly options: StackOptions;
  /** Resolves with the reason when an essential process could not be kept up. */
  readonly failed: Promise<HomelabError>;
  /** The names of non-essential processes that are not up yet. */
  missing(): string[];
  /** The number of processes and their total memory, including this one. */
  measure(): { processes: number; memoryKib: number };
  /** Stops everything; nothing of it runs afterwards. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Prepares and starts a stack, and resolves when all essential processes are ready.
 * @throws HomelabError when it failed or was asked to stop; then none of it is running
 */
export async function startStack(
  options: StackRunOptions,
): Promise<RunningStack> {
  const { folders, stopSignal } = options;
  const run =
    options.run ??
    (await openRun({
      runFolder: folders.run,
      portOffset: options.portOffset,
      report: options.report,
    }));
  // So that processes of the preparation (initdb, pip, apt-get) are found too.
  process.env[runIdVariable] = run.runId;
  let supervisor: Supervisor | undefined;
  const stop = async () => {
    await supervisor?.stop();
    if (run !== options.run) await run.close();
  };
  try {
    const prepared = await orAbort(prepare(options), stopSignal);
    const specs = options.processes(prepared);
    checkDependencies(specs);
    await requireFreePorts(specs.flatMap(spec => spec.ports));
    supervisor = createSupervisor({
      specs,
      run,
      logsFolder: folders.logs,
      environment: process.env,
      output: options.output(specs),
    });
    const { kill } = supervisor;
    options.killSignal.addEventListener('abort', kill);
    await orAbort(supervisor.start(), stopSignal);
    return {
      options: prepared,
      failed: supervisor.failed,
      missing: () =>
        run.state.processes
          .filter(({ status }) => status !== 'ready' && status !== 'completed')
          .map(({ name }) => name),
      measure: () => measureRun(run),
      stop,
    };
  } catch (error) {
    const explained = await explainFullDisk(error, folders.run);
    await stop();
    throw explained;
  }
}

async function prepare(options: StackRunOptions): Promise<StackOptions> {
  const { folders, ports, report, servers: list } = options;
  for (const folder of [folders.data, folders.config, folders.logs])
    mkdirSync(folder, { recursive: true });
  await requireFreeSpace(folders.data);
  // Before steps that may take minutes; the ports are checked again with the list of processes.
  const { portalDev: _, ...wanted } = ports;
  await requireFreePorts(labelPorts(wanted, list));
  const [tools, secrets, newHouseholdPassword] = await Promise.all([
    ensureNativeTools({
      cacheDir: defaultCacheDir(),
      report,
      servers: list,
    }),
    ensureSecrets(folders.secrets, list),
    ensureHouseholdPassword(folders.secrets),
  ]);
  return { folders, ports, tools, secrets, newHouseholdPassword };
}

/** The outcome of a step, or an `interrupted` error as soon as the signal aborts. */
function orAbort<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const interrupt = () =>
      reject(
        new HomelabError(
          'interrupted',
          'Interrupted before the start was complete; everything that was started has been stopped.',
        ),
      );
    if (signal.aborted) interrupt();
    else signal.addEventListener('abort', interrupt, { once: true });
  });
  return Promise.race([step, aborted]);
}

function measureRun(run: Run): { processes: number; memoryKib: number } {
  const pids = findRunProcesses(membersOf(run.state)).map(entry => entry.pid);
  const all = [process.pid, ...pids];
  return {
    processes: all.length,
    memoryKib: all.reduce((sum, pid) => sum + readMemoryKib(pid), 0),
  };
}
