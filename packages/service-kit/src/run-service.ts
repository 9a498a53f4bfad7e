import { constants } from 'node:os';
import { z } from 'zod';
import { opsEnv } from './env-fields.ts';
import { ConfigError, parseEnv } from './env.ts';
import type { ConfigProblem, Env } from './env.ts';
import { createLogger } from './logger.ts';
import type { Logger, LogLevel } from './logger.ts';
import { createRegistry } from './metrics.ts';
import type { Registry } from './metrics.ts';
import { createOpsServer } from './ops-server.ts';
import type { Readiness } from './ops-server.ts';

/** A long-running part of a process. Creating it does nothing. */
export interface Service {
  /** Opens its connections, outputs before inputs; rejects when it cannot. */
  start(): Promise<void>;
  /** Closes inputs, drains, closes outputs; may be called twice, and during `start`. */
  stop(): Promise<void>;
  /**
   * Rejects when a background loop has failed permanently; the process then stops with exit
   * code 1.
   */
  readonly failed?: Promise<never>;
  /**
   * Resolves when the service has finished its work; the process then ends with exit code
   * 0.
   */
  readonly finished?: Promise<void>;
  /** State of each dependency by name, for `/readyz`. */
  readonly readiness?: Readiness;
}

export interface ServiceDeps {
  readonly env: Env;
  readonly logger: Logger;
  readonly registry: Registry;
}

type Signal = 'SIGTERM' | 'SIGINT';

/** The parts of the process that `runService` uses; tests pass their own. */
export interface ProcessHost {
  readonly env: Env;
  onSignal(handler: (signal: Signal) => void): void;
  onCrash(handler: (error: unknown) => void): void;
  exit(code: number): void;
  writeError(text: string): void;
}

export interface RunServiceOptions {
  /** Name in logs and metrics, such as `bridge`. */
  readonly component: string;
  readonly version?: string;
  /** Wires the service; throws {@link ConfigError} on an invalid environment. */
  create(deps: ServiceDeps): Service | Promise<Service>;
  /** One deadline for the whole stop. Default 10 000. */
  readonly stopTimeoutMs?: number;
}

const opsSchema = z.object(opsEnv);

/**
 * Runs a service as this process: reads `OPS_HOST`, `OPS_PORT` and
 * `LOG_LEVEL`, starts the ops server, then the service. SIGTERM or SIGINT stops it
 * within one deadline; a second signal ends the process at once. The exit code is 0 after
 * a clean stop, whether by a signal or because the service has finished, else 1. An
 * invalid environment is reported on standard error, one sentence per bad key. Resolves
 * once the exit has been requested.
 */
export async function runService(
  options: RunServiceOptions,
  host: ProcessHost = nodeProcess,
): Promise<void> {
  const signal = firstSignal(host);
  const wired = await wire(options, host);
  if (wired === undefined) {
    host.exit(1);
    return;
  }
  host.onCrash(error => {
    wired.logger.fatal({ event: 'crash', err: error }, 'crashed');
    host.exit(1);
  });
  host.exit(await live(wired, signal, options.stopTimeoutMs ?? 10_000));
}

interface Wired {
  readonly ops: z.output<typeof opsSchema>;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly service: Service;
}

/** Creates everything and opens nothing; returns undefined after reporting what is wrong. */
async function wire(
  options: RunServiceOptions,
  host: ProcessHost,
): Promise<Wired | undefined> {
  const { component, version } = options;
  const problems: ConfigProblem[] = [];
  const ops = await collectProblems(problems, () =>
    parseEnv(opsSchema, host.env),
  );
  const level: LogLevel = ops?.LOG_LEVEL ?? 'info';
  const logger = createLogger({ component, level });
  const registry = createRegistry(component, { version });
  try {
    // Even after a problem, so that all bad keys are reported together.
    const service = await collectProblems(problems, () =>
      options.create({ env: host.env, logger, registry }),
    );
    if (ops !== undefined && service !== undefined) {
      return { ops, logger, registry, service };
    }
    host.writeError(describeProblems(component, problems));
  } catch (error) {
    logger.fatal({ event: 'create-failed', err: error }, 'create failed');
  }
  return undefined;
}

async function collectProblems<T>(
  problems: ConfigProblem[],
  make: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function describeProblems(
  component: string,
  problems: readonly ConfigProblem[],
): string {
  const sentences = new Set(problems.map(problem => `  ${problem.sentence}`));
  return [`${component} cannot start.`, ...sentences, ''].join('\n');
}

type End =
  | { readonly kind: 'signal'; readonly signal: Signal }
  | { readonly kind: 'finished' }
  | {
      readonly kind: 'failed';
      readonly event: string;
      readonly error: unknown;
    };

/** Starts, waits for the end, stops; returns the exit code. */
async function live(
  { ops, logger, registry, service }: Wired,
  signal: Promise<Signal>,
  stopTimeoutMs: number,
): Promise<number> {
  let phase: 'starting' | 'running' | 'stopping' = 'starting';
  const opsServer = createOpsServer({
    host: ops.OPS_HOST,
    port: ops.OPS_PORT,
    registry,
    logger,
    readiness: () => ({
      service:
        phase === 'running'
          ? { ok: true }
          : { ok: false, detail: `the service is ${phase}` },
      ...service.readiness?.(),
    }),
  });
  const end = await Promise.race([
    signal.then((name): End => ({ kind: 'signal', signal: name })),
    (service.finished ?? forever()).then((): End => ({ kind: 'finished' })),
    failure('service-failed', service.failed ?? forever()),
    failure(
      'start-failed',
      opsServer
        .start()
        // After an early signal nothing may be opened.
        .then(() => (phase === 'starting' ? service.start() : forever()))
        .then(() => {
          phase = 'running';
          logger.info({ event: 'started' }, 'started');
          return forever();
        }),
    ),
  ]);
  phase = 'stopping';
  if (end.kind === 'failed') {
    logger.fatal(
      { event: end.event, err: end.error },
      'stopping after a failure',
    );
  } else {
    const signalName = end.kind === 'signal' ? end.signal : undefined;
    logger.info({ event: 'stopping', signal: signalName }, 'stopping');
  }
  const clean = await stopAll([service, opsServer], stopTimeoutMs, logger);
  if (clean) logger.info({ event: 'stopped' }, 'stopped');
  return clean && end.kind !== 'failed' ? 0 : 1;
}

async function failure(event: string, running: Promise<never>): Promise<End> {
  try {
    return await running;
  } catch (error) {
    return { kind: 'failed', event, error };
  }
}

/**
 * Stops in the given order, all within one deadline; returns whether every stop
 * succeeded.
 */
async function stopAll(
  parts: readonly { stop(): Promise<void> }[],
  timeoutMs: number,
  logger: Logger,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'timeout'>(resolve => {
    timer = setTimeout(() => resolve('timeout'), timeoutMs);
  });
  let clean = true;
  for (const part of parts) {
    try {
      if ((await Promise.race([part.stop(), deadline])) === 'timeout') {
        clean = false;
        logger.error(
          { event: 'stop-timeout', timeoutMs },
          'stop took too long',
        );
      }
    } catch (error) {
      clean = false;
      logger.error({ event: 'stop-failed', err: error }, 'stop failed');
    }
  }
  clearTimeout(timer);
  return clean;
}

/** Resolves at the first signal; every later one ends the process at once. */
function firstSignal(host: ProcessHost): Promise<Signal> {
  return new Promise(resolve => {
    let seen = false;
    host.onSignal(signal => {
      if (seen) host.exit(128 + constants.signals[signal]);
      seen = true;
      resolve(signal);
    });
  });
}

function forever(): Promise<never> {
  return new Promise(() => {});
}

const nodeProcess: ProcessHost = {
  env: process.env,
  onSignal(handler) {
    process.on('SIGTERM', handler);
    process.on('SIGINT', handler);
  },
  onCrash(handler) {
    process.on('uncaughtException', handler);
    process.on('unhandledRejection', handler);
  },
  exit(code) {
    process.exit(code);
  },
  writeError(text) {
    process.stderr.write(text);
  },
};
