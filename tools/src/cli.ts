/** The command line behind `./homelab`. */
import { createProgram } from './program.ts';
import { runCommandLine } from './run-command-line.ts';

// Without a command, help is shown.
const { argv } = process;
void runCommandLine(
  createProgram(),
  argv.length > 2 ? argv : [...argv, 'help'],
);
