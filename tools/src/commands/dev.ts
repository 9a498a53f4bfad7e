import type { Command } from 'commander';
import { runInForeground, stackOptions, type UpOptions } from './up.ts';

export function addDev(program: Command): void {
  stackOptions(
    program.command('dev').description('like up, and reload what you change'),
  ).action((options: UpOptions) => runInForeground('dev', options));
}
