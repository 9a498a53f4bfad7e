import { setTimeout as sleep } from 'node:timers/promises';
import { HomelabError, messageOf } from '../homelab-error.ts';
import { type ChildGroup, type Exit, spawnGroup } from './child-group.ts';
import type { LogFile } from './log-file.ts';
import type { ProcessSpec } from './process-spec.ts';
import { waitForProbe } from './readiness.ts';
import type { ProcessState, ProcessStatus } from './run-state.ts';

/** After being ready this long, a process has its restarts counted from zero again. */
const stableMs = 60_000;
const restGoesOn = '(everything else keeps running)';
const keptLines = 5;
const keptLineChars = 300;

export interface SupervisedProcessDeps {
  spec: ProcessSpec;
  environment: Readonly<Record<string, string | undefined>>;
  logFile: LogFile;
  /** Every line it prints. */
  onLine: (line: string) => void;
  /** Events of interest to a person: restarted, slow to stop. */
  onEvent: (message: string) => void;
  /** Its state changed. */
  onChange: () => void;
}

/** What others wait for; each is called at most once. */
export interface Milestones {
  /** It runs. */
  onStarted: () => void;
  /** It is ready, or completed. */
  onHealthy: () => void;
}

/** One process of the stack through all its restarts. */
export interface SupervisedProcess {
  readonly spec: ProcessSpec;
  state(): ProcessState;
  /**
   * Starts it; resolves when it is ready or completed, or not essential and failing for now.
   * @throws HomelabError when it is essential and could not be started
   */
  start(milestones: Milestones): Promise<void>;
  /** Resolves with the reason when it is essential and could not be kept running. */
  readonly ended: Promise<HomelabError>;
  stop(): Promise<void>;
  /** Kills its group now; a running `stop()` then ends at once. */
  kill(): void;
}

class ProcessLoop implements SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly #end = Promise.withResolvers<HomelabError>();
  readonly ended = this.#end.promise;
  readonly #deps: SupervisedProcessDeps;
  readonly #stopping = new AbortController();
  #goOnWithoutIt: () => void = () => {};
  #group: ChildGroup | undefined;
  #status: ProcessStatus = 'waiting';
  #startedAt: string | undefined;
  #restarts = 0;
  #failuresInARow = 0;
  #wasReady = false;
  #lastLines: string[] = [];
  #loop: Promise<void> = Promise.resolve();
  #lineListener: ((line: string) => void) | undefined;

  constructor(deps: SupervisedProcessDeps) {
    this.#deps = deps;
    this.spec = deps.spec;
  }

  state(): ProcessState {
    return {
      name: this.spec.name,
      status: this.#status,
      identity: this.#group?.identity,
      stopSignal: this.spec.stopSignal,
      restarts: this.#restarts,
      startedAt: this.#startedAt,
      ports: [...this.spec.ports],
      logFile: this.#deps.logFile.path,
    };
  }

  start({ onStarted, onHealthy }: Milestones): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#goOnWithoutIt = resolve;
      let wasHealthy = false;
      const becameHealthy = () => {
        if (wasHealthy) return;
        wasHealthy = true;
        onHealthy();
        resolve();
      };
      this.#loop = this.#runUntilEnd(onStarted, becameHealthy).then(
        // Has no effect when it was ready: the promise is then resolved already.
        () => reject(interrupted(this.spec.name)),
        (error: unknown) => {
          this.#setStatus('failed');
          const reason =
            error instanceof HomelabError
              ? error
              : unforeseen(this.spec.name, error);
          if (this.spec.essential) {
            reject(reason);
            this.#end.resolve(reason);
          } else {
            this.#deps.onEvent(`${reason.message}\n${restGoesOn}`);
            resolve();
          }
        },
      );
    });
  }

  async stop(): Promise<void> {
    if (!this.#stopping.signal.aborted) {
      this.#stopping.abort();
      if (this.#group) this.#setStatus('stopping');
    }
    await this.#group?.stop(this.spec.stopSignal, this.spec.stopTimeoutMs);
    await this.#loop;
    if (this.#status !== 'failed' && this.#status !== 'completed')
      this.#setStatus('stopped');
  }

  kill(): void {
    this.#stopping.abort();
    this.#group?.kill();
  }

  async #runUntilEnd(
    onStarted: () => void,
    onHealthy: () => void,
  ): Promise<void> {
    this.#setStatus('preparing');
    await this.spec.prepare?.();
    while (!this.#isStopping) {
      this.#setStatus('starting');
      const exit = await this.#runOnce(onStarted, onHealthy);
      if (this.#isStopping) return;
      if (this.spec.ready.kind === 'exit' && exit.code === 0) {
        this.#setStatus('completed');
        onHealthy();
        return;
      }
      await this.#pauseBeforeRestart(exit);
    }
  }

  /** From start to end of one operating system process. */
  async #runOnce(onStarted: () => void, onHealthy: () => void): Promise<Exit> {
    const { spec } = this;
    this.#lastLines = [];
    const group = await spawnGroup(spec, this.#deps.environment, line =>
      this.#takeLine(line),
    );
    this.#group = group;
    this.#startedAt = new Date().toISOString();
    this.#deps.onChange();
    onStarted();
    // Stopped while it was being spawned: stop() could not see the group yet.
    if (this.#isStopping) await group.stop(spec.stopSignal, spec.stopTimeoutMs);
    let hasEnded = false;
    void group.exited.then(() => {
      hasEnded = true;
    });
    try {
      if (await this.#becomesReady(group)) {
        await this.#finishStart(onHealthy);
        const readyAt = Date.now();
        await group.exited;
        if (Date.now() - readyAt > stableMs) this.#failuresInARow = 0;
      }
      return await group.exited;
    } finally {
      // Processes left behind by a dead leader would still hold its ports.
      const timeoutMs = hasEnded && !this.#isStopping ? 0 : spec.stopTimeoutMs;
      await group.stop(spec.stopSignal, timeoutMs);
      this.#group = undefined;
      this.#deps.onChange();
    }
  }

  async #finishStart(onHealthy: () => void): Promise<void> {
    if (!this.#wasReady) {
      try {
        await this.spec.afterReady?.();
      } catch (error) {
        if (!this.#isStopping) throw error;
      }
      this.#wasReady = true;
    }
    if (this.#isStopping) return;
    this.#setStatus('ready');
    onHealthy();
  }

  /**
   * @returns false when it ended first
   * @throws HomelabError `not-ready` when an essential one misses the deadline of its first start
   */
  async #becomesReady(group: ChildGroup): Promise<boolean> {
    const ended = new AbortController();
    const deadline = AbortSignal.timeout(this.spec.readyTimeoutMs);
    const signal = AbortSignal.any([
      ended.signal,
      deadline,
      this.#stopping.signal,
    ]);
    try {
      return await Promise.race([
        group.exited.then(() => false),
        this.#waitForReady(signal).then(() => true),
      ]);
    } catch (error) {
      if (this.#isStopping) return false;
      if (!deadline.aborted) throw error;
      await group.stop(this.spec.stopSignal, this.spec.stopTimeoutMs);
      if (this.#wasReady) return false;
      if (this.spec.essential) throw this.#notReady();
      this.#deps.onEvent(this.#notReady().message);
      return false;
    } finally {
      this.#lineListener = undefined;
      ended.abort();
    }
  }

  #waitForReady(signal: AbortSignal): Promise<void> {
    const check = this.spec.ready;
    if (check.kind !== 'log' && check.kind !== 'exit') {
      return waitForProbe(
        check,
        { ...this.#deps.environment, ...this.spec.env },
        signal,
      );
    }
    return new Promise((resolve, reject) => {
      if (check.kind === 'log') {
        this.#lineListener = line => {
          if (check.pattern.test(line)) resolve();
        };
      }
      signal.addEventListener('abort', () => reject(signal.reason), {
        once: true,
      });
    });
  }

  async #pauseBeforeRestart(exit: Exit): Promise<void> {
    const { essential, restart, name } = this.spec;
    this.#failuresInARow += 1;
    const isOverLimit =
      restart === 'never' || this.#failuresInARow > restart.limit;
    if (restart === 'never' || (isOverLimit && essential))
      throw this.#endedForGood(exit);
    this.#setStatus('restarting');
    const pauseMs = Math.min(
      restart.maxBackoffMs,
      restart.minBackoffMs * 2 ** (this.#failuresInARow - 1),
    );
    this.#restarts += 1;
    const attempt = isOverLimit
      ? restGoesOn
      : `(${this.#failuresInARow} of ${restart.limit})`;
    this.#deps.onEvent(
      `${name} ended (${describeExit(exit)}); starting it again in ${pauseMs / 1000} s ${attempt}`,
    );
    if (isOverLimit) this.#goOnWithoutIt();
    await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(
      () => {},
    );
  }

  #takeLine(line: string): void {
    this.#deps.logFile.append(line);
    if (line.trim() !== '')
      this.#lastLines = [...this.#lastLines.slice(1 - keptLines), line];
    this.#lineListener?.(line);
    this.#deps.onLine(line);
  }

  #setStatus(status: ProcessStatus): void {
    this.#status = status;
    this.#deps.onChange();
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #notReady(): HomelabError {
    const seconds = this.spec.readyTimeoutMs / 1000;
    return new HomelabError(
      'not-ready',
      `${this.spec.name} was not ready within ${seconds} s.${this.#evidence()}`,
    );
  }

  #endedForGood(exit: Exit): HomelabError {
    const times =
      this.#failuresInARow > 1
        ? `, ${this.#failuresInARow} times in a row`
        : '';
    return new HomelabError(
      'process-ended',
      `${this.spec.name} ended (${describeExit(exit)}${times}).${this.#evidence()}`,
    );
  }

  #evidence(): string {
    const lines = this.#lastLines
      .map(line => `\n    ${line.slice(0, keptLineChars)}`)
      .join('');
    const said = lines === '' ? 'It printed nothing.' : `It said last:${lines}`;
    return ` ${said}\nIts whole log: ${this.#deps.logFile.path}`;
  }
}

/** Creating starts nothing. */
export function createSupervisedProcess(
  deps: SupervisedProcessDeps,
): SupervisedProcess {
  return new ProcessLoop(deps);
}

function describeExit(exit: Exit): string {
  return exit.signal === null
    ? `exit code ${exit.code}`
    : `signal ${exit.signal}`;
}

function unforeseen(name: string, cause: unknown): HomelabError {
  return new HomelabError(
    'process-ended',
    `${name} cannot go on: ${messageOf(cause)}.`,
    { cause },
  );
}

function interrupted(name: string): HomelabError {
  return new HomelabError(
    'interrupted',
    `${name} was stopped before it was ready.`,
  );
}
