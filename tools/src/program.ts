import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addBench } from './commands/bench.ts';
import { addDb } from './commands/db.ts';
import { addDev } from './commands/dev.ts';
import { addDlq } from './commands/dlq.ts';
import { addDown } from './commands/down.ts';
import { addLogs } from './commands/logs.ts';
import { addPassword } from './commands/password.ts';
import { addReset } from './commands/reset.ts';
import { addStatus } from './commands/status.ts';
import { addTest } from './commands/test.ts';
import { addToken } from './commands/token.ts';
import { addTopics } from './commands/topics.ts';
import { addUp } from './commands/up.ts';

/** The doctor must also work without installed packages, so it is a separate program. */
function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what this machine lacks, and how to get it')
    .action(() => {
      const doctor = fileURLToPath(
        new URL('./commands/doctor.ts', import.meta.url),
      );
      const { status } = spawnSync(process.execPath, [doctor], {
        stdio: 'inherit',
      });
      process.exitCode = status ?? 1;
    });
}

/** Every command of `./homelab` with its options; parsing runs the chosen one. */
export function createProgram(): Command {
  const program = new Command('homelab')
    .description(
      'Runs and tests the whole homelab on this machine. Start with: ./homelab up',
    )
    .usage('COMMAND [options]')
    .helpCommand('help [COMMAND]', 'show this, or the options of a command')
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .configureOutput({
      outputError: (text, write) =>
        write(`${text.trim().replace(/^error: /, 'homelab: ')}\n`),
    });
  for (const add of [
    addUp,
    addDown,
    addStatus,
    addLogs,
    addTest,
    addBench,
    addDev,
    addDoctor,
    addTopics,
    addDlq,
    addDb,
    addToken,
    addPassword,
    addReset,
  ])
    add(program);
  // Tells where to find the flags after a wrong one.
  pointToHelp(program, 'See "./homelab help".');
  for (const command of program.commands) {
    pointToHelp(command, `See "./homelab help ${command.name()}".`);
    for (const part of command.commands) {
      const path = `${command.name()} ${part.name()}`;
      pointToHelp(part, `See "./homelab ${path} --help".`);
    }
  }
  return program;
}

function pointToHelp(command: Command, where: string): void {
  command.exitOverride().showHelpAfterError(where);
}
