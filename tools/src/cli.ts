/** The command line behind `./homelab`. */
import { CommanderError } from 'commander';
import { describeError, HomelabError } from './homelab-error.ts';
import { createProgram } from './program.ts';

/** What shells show for a program ended by Ctrl-C. */
const interruptedExitCode = 130;

async function main(argv: readonly string[]): Promise<void> {
  // The terminal may go away before the stack has stopped in order.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => {});
  try {
    // Without a command, the help is what was asked for.
    await createProgram().parseAsync(
      argv.length > 2 ? [...argv] : [...argv, 'help'],
    );
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof CommanderError) {
      // It has printed its own sentence; asking for help is no error.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      if (error instanceof HomelabError && error.code === 'interrupted')
        process.exitCode = interruptedExitCode;
      process.stderr.write(`homelab: ${describeError(error)}\n`);
    }
  }
  // A step that was interrupted may still hold a timer or a socket.
  process.exit();
}

void main(process.argv);
