import { join } from 'node:path';
import type { HomelabError } from '../homelab-error.ts';
import { runIdVariable } from './clean-up.ts';
import { checkDependencies, dependentsOf } from './dependency-order.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import type { DependencyState, ProcessSpec } from './process-spec.ts';
import type { Run } from './run.ts';
import {
  createSupervisedProcess,
  type SupervisedProcess,
} from './supervised-process.ts';

/** One line for the terminal: what a process printed, or (`event`) what happened to it. */
export interface OutputLine {
  process: string;
  text: string;
  event: boolean;
}

export interface SupervisorDeps {
  specs: readonly ProcessSpec[];
  run: Run;
  logsFolder: string;
  /** What every process inherits. */
  environment: Readonly<Record<string, string | undefined>>;
  output: (line: OutputLine) => void;
}

/** Runs the processes of one stack. */
export interface Supervisor {
  /**
   * Starts everything in dependency order, independent processes in parallel; resolves when all are ready,
   * except non-essential ones that fail for now.
   * @throws HomelabError of the first essential process that fails; call `stop()` then
   */
  start(): Promise<void>;
  /** Resolves with the reason when an essential process could not be kept running. */
  readonly failed: Promise<HomelabError>;
  /** Stops everything, dependents first. May be called twice. */
  stop(): Promise<void>;
  /** Kills everything now; a running `stop()` then ends at once. */
  kill(): void;
}

interface Member {
  process: SupervisedProcess;
  logFile: LogFile;
  started: Gate;
  healthy: Gate;
}

/** A gate that opens once for those who wait. A process that fails leaves its gates closed. */
type Gate = PromiseWithResolvers<void>;

/** Creating checks the list and starts nothing. */
export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { specs, run } = deps;
  checkDependencies(specs);
  const environment = { ...deps.environment, [runIdVariable]: run.runId };
  const members = new Map<string, Member>();

  const record = () =>
    run.update({
      processes: [...members.values()].map(member => member.process.state()),
    });
  for (const spec of specs) {
    const say = (text: string, event: boolean) =>
      deps.output({ process: spec.name, text, event });
    const logFile = openLogFile(join(deps.logsFolder, `${spec.name}.log`));
    const process = createSupervisedProcess({
      spec,
      environment,
      logFile,
      onLine: text => say(text, false),
      onEvent: text => say(text, true),
      onChange: record,
    });
    members.set(spec.name, {
      process,
      logFile,
      started: Promise.withResolvers(),
      healthy: Promise.withResolvers(),
    });
  }

  const startMember = async (member: Member) => {
    const { spec } = member.process;
    await waitForDependencies(spec, members);
    if (run.state.phase === 'stopping') return;
    const startedAtMs = Date.now();
    await member.process.start({
      onStarted: member.started.resolve,
      onHealthy: () => {
        member.healthy.resolve();
        const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
        const word = spec.ready.kind === 'exit' ? 'done' : 'ready';
        deps.output({
          process: spec.name,
          text: `${word} after ${seconds} s`,
          event: true,
        });
      },
    });
  };

  let stopped: Promise<void> | undefined;
  return {
    async start() {
      run.update({ phase: 'starting' });
      await Promise.all([...members.values()].map(startMember));
      if (run.state.phase === 'starting') run.update({ phase: 'running' });
    },
    failed: Promise.race(
      [...members.values()].map(member => member.process.ended),
    ),
    stop: () => {
      run.update({ phase: 'stopping' });
      return (stopped ??= stopInReverse(specs, members).finally(() =>
        members.forEach(member => member.logFile.close()),
      ));
    },
    kill: () => members.forEach(member => member.process.kill()),
  };
}

async function waitForDependencies(
  spec: ProcessSpec,
  members: ReadonlyMap<string, Member>,
): Promise<void> {
  const needs = Object.entries(spec.dependsOn ?? {});
  await Promise.all(
    needs.map(([name, state]) => {
      const member = members.get(name);
      return member && reached(member, state);
    }),
  );
}

function reached(member: Member, state: DependencyState): Promise<void> {
  return state === 'started' ? member.started.promise : member.healthy.promise;
}

async function stopInReverse(
  specs: readonly ProcessSpec[],
  members: ReadonlyMap<string, Member>,
): Promise<void> {
  const stops = new Map<string, Promise<void>>();
  const stopOne = (name: string): Promise<void> => {
    const under = stops.get(name);
    if (under) return under;
    const dependents = dependentsOf(name, specs);
    const stop = Promise.all(dependents.map(stopOne)).then(() =>
      members.get(name)?.process.stop(),
    );
    stops.set(name, stop);
    return stop;
  };
  await Promise.all(specs.map(spec => stopOne(spec.name)));
}
