import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const main = fileURLToPath(
  new URL('../../../bench/src/main.ts', import.meta.url),
);

/** The measurements are a workspace that imports this one, so they get the arguments unparsed. */
export function addBench(program: Command): void {
  program
    .command('bench')
    .description('measure speed against the ceiling of this machine')
    .argument('[NAME...]')
    .addHelpText('after', '\nIts options: ./homelab bench --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((words: string[]) => becomeBench(words));
}

/** Replaces this process, so that signals and a closing terminal reach the measurement itself. */
function becomeBench(words: readonly string[]): void {
  const node = process.execPath;
  process.execve?.(node, [node, main, ...words], process.env);
}
