import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestScope } from '@homelab/test-kit';

const main = resolve(import.meta.dirname, 'meter-load-main.ts');

/**
 * Starts a process that publishes readings of 50 meters; it ends with the test. A process of its own,
 * because a test that also published would measure itself. Resolves once it publishes, with a
 * function that ends it and gives the messages a second that the broker has acknowledged.
 */
export async function startMeterLoad(
  scope: TestScope,
  perSecond: number,
): Promise<() => Promise<number>> {
  const child = spawn(process.execPath, [main, String(perSecond)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  scope.onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const started = await Promise.race([once(child.stdout, 'data'), exited]);
  if (child.exitCode !== null)
    throw new Error(`The load ended with ${started[0]} before it began.`);
  return async () => {
    child.kill('SIGTERM');
    return Number(await text(child.stdout));
  };
}
