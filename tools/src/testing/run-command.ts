import { spawn } from 'node:child_process';
import { HomelabError } from '../homelab-error.ts';

const killAfterMs = 5_000;

export interface CommandOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Keep its output instead of showing it. */
  capture?: boolean;
  /** Ends it and everything it started. */
  signal: AbortSignal;
}

/**
 * Runs a program to its end in its own process group.
 * @throws HomelabError `interrupted` when the signal aborts, `missing-program` when it cannot be started
 */
export function runCommand(
  options: CommandOptions,
): Promise<{ exitCode: number | null; output: string }> {
  const { command, args, signal } = options;
  if (signal.aborted) return Promise.reject(interrupted());
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: options.capture
      ? ['ignore', 'pipe', 'pipe']
      : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let killTimer: NodeJS.Timeout | undefined;
  const end = () => {
    signalGroup(child.pid, 'SIGTERM');
    killTimer = setTimeout(
      () => signalGroup(child.pid, 'SIGKILL'),
      killAfterMs,
    );
  };
  signal.addEventListener('abort', end, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', cause =>
      reject(
        new HomelabError(
          'missing-program',
          `${command} could not be started: ${cause.message}. "./homelab doctor" says what is missing.`,
          { cause },
        ),
      ),
    );
    child.once('close', exitCode => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', end);
      // Workers must not outlive their runner.
      signalGroup(child.pid, 'SIGKILL');
      if (signal.aborted) reject(interrupted());
      else resolve({ exitCode, output });
    });
  });
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is empty.
  }
}

function interrupted(): HomelabError {
  return new HomelabError(
    'interrupted',
    'The tests were interrupted; everything they started has been stopped.',
  );
}
