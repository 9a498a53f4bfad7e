import type { Command } from 'commander';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { confirm } from '../confirm.ts';
import { checkoutFolders, checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError } from '../homelab-error.ts';
import { chooseFolders } from '../native/server-user.ts';
import { type RunLock, takeRunLock } from '../runner/run-lock.ts';
import { cleanUpDeadRun } from '../runner/clean-up.ts';
import { readRunState } from '../runner/run-state.ts';

export function addReset(program: Command): void {
  program
    .command('reset')
    .description('delete readings, passwords and logs; asks first')
    .option('-y, --yes', 'do not ask')
    .action((options: { yes?: boolean }) => reset(options.yes ?? false));
}

async function reset(sure: boolean): Promise<void> {
  const { folders } = await chooseFolders(checkoutFolders());
  const all = [homelabFolder(checkoutRoot), folders.data, folders.config];
  const targets = all.filter(
    (path, index) =>
      existsSync(path) &&
      !all.some((other, i) => i !== index && path.startsWith(`${other}/`)),
  );
  if (targets.length === 0) {
    process.stdout.write('There is nothing to delete.\n');
    return;
  }
  const locks = await takeLocks([
    folders.run,
    join(homelabFolder(checkoutRoot), 'test/run'),
  ]);
  try {
    if (
      !sure &&
      !(await confirm(warningOf(targets), './homelab reset --yes'))
    ) {
      process.stdout.write('Nothing was deleted.\n');
      return;
    }
    const leftBehind = readRunState(folders.run);
    if (leftBehind) await cleanUpDeadRun(leftBehind);
    for (const path of targets) rmSync(path, { recursive: true, force: true });
    process.stdout.write(`Deleted ${targets.join(' and ')}.\n`);
  } finally {
    for (const lock of locks) await lock.release();
  }
}

/** @throws HomelabError `already-running` when a stack or a test run uses one of the folders */
async function takeLocks(runFolders: readonly string[]): Promise<RunLock[]> {
  const locks: RunLock[] = [];
  for (const folder of runFolders.filter(path => existsSync(path))) {
    const lock = await takeRunLock(folder);
    if (!lock) {
      throw new HomelabError(
        'already-running',
        'Homelab, or a test of it, runs in this checkout; end it with "./homelab down" (a test with Ctrl-C) first.',
      );
    }
    locks.push(lock);
  }
  return locks;
}

function warningOf(targets: readonly string[]): string {
  return (
    `This deletes, for ever:\n${targets.map(path => `  ${path}\n`).join('')}` +
    'With it go all stored readings, the Kafka records, the passwords (devices need the new one),\n' +
    'the remembered port offset and the logs. Downloads that other checkouts share are kept.\n'
  );
}
