import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { checkoutFolders } from '../folders.ts';
import {
  createHouseholdPassword,
  setHouseholdPassword,
} from '../native/household-password.ts';
import { chooseFolders } from '../native/server-user.ts';

export function addPassword(program: Command): void {
  program
    .command('password')
    .description('set the password of the household page')
    .action(changePassword);
}

async function changePassword(): Promise<void> {
  const { folders } = await chooseFolders(checkoutFolders());
  const given = process.stdin.isTTY
    ? await askHidden('New password (leave it empty to get one made up): ')
    : (await text(process.stdin)).replace(/\r?\n$/, '');
  const password = given === '' ? createHouseholdPassword() : given;
  await setHouseholdPassword(folders.secrets, password);
  process.stderr.write(
    'The household page has a new password. Everybody has to sign in again.\n',
  );
  if (given !== '') return;
  process.stderr.write('It is shown only now:\n');
  // Alone on stdout, so that it can be piped.
  process.stdout.write(`${password}\n`);
}

/** Asks on the terminal without showing what is typed. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: nowhere,
    terminal: true,
  });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
