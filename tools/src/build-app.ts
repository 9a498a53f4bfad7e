/** `node tools/src/build-app.ts`: builds the portal's frontend when its sources changed since the last build. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from './folders.ts';
import { hashSources } from './hash-sources.ts';

/** Everything the browser's code is made of. */
const sources = [
  'packages/app',
  'packages/telemetry',
  'plugins',
  'package.json',
  'yarn.lock',
];

function main(root: string): void {
  const folder = join(root, 'packages/app');
  // In the build's own folder: whatever clears the build clears the stamp.
  const stampFile = join(folder, 'dist/.sources-hash');
  const hash = hashSources(root, sources);
  if (readOrEmpty(stampFile) === hash) {
    process.stdout.write('the portal is built already\n');
    return;
  }
  process.stdout.write('the sources changed: building the portal\n');
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const { status, error } = spawnSync(
    process.execPath,
    [cli, 'package', 'build'],
    { cwd: folder, stdio: 'inherit' },
  );
  if (error) throw error;
  if (status === 0) writeFileSync(stampFile, hash);
  else process.exitCode = 1;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

main(checkoutRoot);
