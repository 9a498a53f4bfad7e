import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { HomelabError } from './homelab-error.ts';

/**
 * Shows what is about to happen and asks for a "yes".
 * @param command the same command without a question, for use without a terminal
 * @throws HomelabError `wrong-usage` when there is no terminal to ask on
 */
export async function confirm(
  warning: string,
  command: string,
): Promise<boolean> {
  process.stdout.write(warning);
  if (!process.stdin.isTTY) {
    throw new HomelabError(
      'wrong-usage',
      `Cannot ask for confirmation, because the input is not a terminal; run "${command}" if you are sure.`,
    );
  }
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  try {
    // Ctrl-C and the end of input close it without an answer.
    const closed = once(terminal, 'close').then(() => '');
    const answer = await Promise.race([
      terminal.question('Type "yes" to go on: '),
      closed,
    ]);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
