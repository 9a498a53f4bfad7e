import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import { followFile } from '../runner/follow-file.ts';
import { readSecondsSinceStart } from '../runner/proc-table.ts';

const startedMessage = 'homelab-started';
const commandStartVariable = 'HOMELAB_COMMAND_STARTED_MS';

/** Seconds since the command was entered, including installation, also in the background process. */
export function readSecondsSinceCommand(): number {
  const startedMs = process.env[commandStartVariable];
  return startedMs === undefined
    ? readSecondsSinceStart()
    : (Date.now() - Number(startedMs)) / 1000;
}

/** True in the background process. */
export function isDetached(): boolean {
  return process.connected === true;
}

/** Tells a parent waiting in `startDetached` that the stack is ready; without one it does nothing. */
export function tellStarted(): void {
  if (!isDetached()) return;
  process.send?.(startedMessage, () => process.disconnect());
}

/**
 * Runs the same command line without `--detach` in its own session, shows its output until it is
 * ready, and returns while it keeps running.
 * @throws HomelabError `step-failed` when it ended before it was ready
 */
export async function startDetached(): Promise<void> {
  const logsFolder = join(homelabFolder(checkoutRoot), 'logs');
  mkdirSync(logsFolder, { recursive: true });
  const logFile = join(logsFolder, 'up.log');
  const log = openSync(logFile, 'w');
  const args = process.argv
    .slice(1)
    .filter(arg => arg !== '--detach' && arg !== '-d');
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      [commandStartVariable]: String(
        Date.now() - readSecondsSinceStart() * 1000,
      ),
    },
  });
  closeSync(log);
  const following = new AbortController();
  const shown = followFile(logFile, following.signal, text =>
    process.stdout.write(text),
  );
  // When interrupted during the start, it must not keep running.
  const interruption = listenForInterruption(() => child.kill('SIGTERM'));
  interruption.kill.addEventListener('abort', () => child.kill('SIGTERM'));
  const outcome = await new Promise<string>(resolve => {
    child.once('message', message => resolve(String(message)));
    child.once('exit', code => resolve(`exit code ${code}`));
    child.once('error', error => resolve(error.message));
  });
  interruption.close();
  following.abort();
  await shown;
  if (outcome !== startedMessage) {
    throw new HomelabError(
      'step-failed',
      `The stack did not start; the reason is above and in ${logFile}.`,
    );
  }
  child.unref();
  process.stdout.write(
    'It keeps running in the background: see "./homelab status", stop it with "./homelab down".\n',
  );
}
