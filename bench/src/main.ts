/** The command line behind `./homelab bench`. */
import { runCommandLine } from '@homelab/tools';
import { createProgram } from './program.ts';

void runCommandLine(createProgram(), process.argv);
