import type { Command } from 'commander';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import { followFile } from '../runner/follow-file.ts';

const defaultLines = 200;

export function addLogs(program: Command): void {
  program
    .command('logs')
    .description('the output of a process; -f follows it')
    .argument('<NAME>', 'one of those in "./homelab status"')
    .option('-f, --follow', 'go on until Ctrl-C')
    .action(async (name: string, options: { follow?: boolean }) => {
      const folder = join(homelabFolder(checkoutRoot), 'logs');
      const path = findLog(folder, name);
      const { size } = statSync(path);
      process.stdout.write(lastLines(readFileSync(path, 'utf8')));
      if (!options.follow) return;
      const interruption = listenForInterruption();
      await followFile(
        path,
        interruption.stop,
        text => process.stdout.write(text),
        size,
      );
    });
}

/** @throws HomelabError `wrong-usage` naming the existing logs */
function findLog(folder: string, name: string): string {
  const names = readLogNames(folder);
  if (names.includes(name)) return join(folder, `${name}.log`);
  const known =
    names.length === 0
      ? 'nothing has run in this checkout yet; start it with "./homelab up"'
      : `there are logs of ${names.join(', ')}`;
  throw new HomelabError(
    'wrong-usage',
    `There is no log of "${name}": ${known}.`,
  );
}

function readLogNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(file => file.endsWith('.log'))
      .map(file => file.slice(0, -'.log'.length))
      .sort();
  } catch {
    return [];
  }
}

function lastLines(text: string): string {
  const lines = text.split('\n');
  return lines.slice(-defaultLines - 1).join('\n');
}
