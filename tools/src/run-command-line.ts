import { type Command, CommanderError } from 'commander';
import { describeError, HomelabError } from './homelab-error.ts';

/** What shells show for a program ended by Ctrl-C. */
const interruptedExitCode = 130;

/**
 * Runs a command line to its end and exits: with 0, or with a sentence on stderr and 1,
 * 2 (wrong usage) or 130 (interrupted).
 */
export async function runCommandLine(
  program: Command,
  argv: readonly string[],
): Promise<never> {
  // The terminal may go away before the stack has stopped in order.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => {});
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof CommanderError) {
      // It has printed its own message; asking for help is not an error.
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
