import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runIdVariable } from './clean-up.ts';
import { stateFile } from './run-state.ts';

/**
 * Starts the process that ends a run's processes when the supervisor dies without doing so (kill -9, out
 * of memory). It is a shell of about 1 MB that waits for the end of its input; the kernel closes that input
 * however the supervisor ends. If the state file still exists then, it becomes the clean-up.
 */
export function startWatchdog(runFolder: string, runId: string): void {
  const script =
    'trap "" INT TERM HUP; cat >/dev/null; [ -e "$1" ] || exit 0; shift; exec "$@"';
  const cleanUpMain = fileURLToPath(
    new URL('./clean-up-main.ts', import.meta.url),
  );
  const environment = { ...process.env };
  // It must not look like a member of the run: the clean-up would end it.
  delete environment[runIdVariable];
  const watchdog = spawn(
    '/bin/sh',
    [
      '-c',
      script,
      'homelab-watchdog',
      stateFile(runFolder),
      process.execPath,
      cleanUpMain,
      runFolder,
      runId,
    ],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: environment,
      cwd: '/',
    },
  );
  watchdog.on('error', () => {
    // Without /bin/sh the next `up` or `down` cleans up by the state file.
  });
  watchdog.unref();
  // The pipe must not keep the supervisor alive either; it closes with it.
  if (watchdog.stdin && 'unref' in watchdog.stdin) {
    const { stdin } = watchdog;
    stdin.on('error', () => {});
    if (typeof stdin.unref === 'function') stdin.unref();
  }
}
