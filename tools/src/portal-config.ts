import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { HomelabError, messageOf } from './homelab-error.ts';

/** The portal's configuration in a checkout. */
export function portalConfigFile(root: string): string {
  return join(root, 'app-config.yaml');
}

/**
 * Checks before anything starts that the portal will be able to read its configuration.
 * @throws HomelabError `broken-config` naming the file, the line and what is wrong there
 */
export function requireReadablePortalConfig(root: string): void {
  const path = portalConfigFile(root);
  const refuse = (reason: string) =>
    new HomelabError(
      'broken-config',
      `The portal's configuration ${path} cannot be read: ${reason}. Correct it, or restore it with "git checkout app-config.yaml".`,
    );
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refuse(messageOf(error));
  }
  const [error] = parseDocument(text).errors;
  if (!error) return;
  const line = error.linePos?.[0].line;
  // The lines after the first one only mark the position.
  const reason = error.message.split(/ at line |:?\n/)[0] ?? error.code;
  throw refuse(line === undefined ? reason : `line ${line}: ${reason}`);
}
