/** How far another process must be before this one may start. */
export type DependencyState = 'started' | 'healthy' | 'completed';

/**
 * How the supervisor learns that a process is ready. `exit` marks a one-shot:
 * it is done when it exits with code 0.
 */
export type ReadyCheck =
  | { kind: 'http'; url: string }
  | { kind: 'tcp'; port: number }
  | {
      kind: 'exec';
      command: string;
      args: readonly string[];
      env?: Record<string, string>;
    }
  | { kind: 'log'; pattern: RegExp }
  | { kind: 'exit' };

/** How often in a row a process that ended by itself is restarted before it counts as failed. */
export type RestartPolicy =
  { limit: number; minBackoffMs: number; maxBackoffMs: number } | 'never';

/** Everything the supervisor must know to run one process; the whole system is a list of these. */
export interface ProcessSpec {
  /** Unique, short: it prefixes log lines and names the log file. */
  name: string;
  /**
   * True when the stack cannot work without it: if it cannot be kept running, the whole stack stops.
   * Otherwise it is restarted for as long as the stack runs, with its longest pause in between.
   */
  essential: boolean;
  /** Absolute path, or a name looked up on PATH. */
  command: string;
  args: readonly string[];
  /** Default: the supervisor's own working folder. */
  cwd?: string;
  /** Added to the supervisor's environment. */
  env?: Readonly<Record<string, string>>;
  /** Run as this user; only root can ask for it. */
  runAs?: { uid: number; gid: number };
  /** The processes that must first have reached this state. */
  dependsOn?: Readonly<Record<string, DependencyState>>;
  /** Runs before the first start of a run: write config, initdb, format storage. Idempotent. */
  prepare?: () => Promise<void>;
  /** Runs once after the process became ready in this run: roles, databases. Dependents wait for it. */
  afterReady?: () => Promise<void>;
  ready: ReadyCheck;
  readyTimeoutMs: number;
  restart: RestartPolicy;
  stopSignal: NodeJS.Signals;
  /** After this long the whole process group is killed. */
  stopTimeoutMs: number;
  /** Loopback ports it listens on; checked to be free before anything starts. */
  ports: readonly { label: string; port: number }[];
}

/** The folders of one stack, absolute. `root` is the checkout, the others are in its `.homelab/`. */
export interface HomelabFolders {
  root: string;
  secrets: string;
  data: string;
  config: string;
  logs: string;
  run: string;
}
