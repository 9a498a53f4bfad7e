/** `node tools/src/build-app.ts`: builds the portal's frontend when its sources changed since the last build. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from './folders.ts';
import { hashSources } from './hash-sources.ts';

/** The sources of the browser's code. */
const sources = [
  'packages/app',
  'packages/telemetry',
  'plugins',
  'package.json',
  'yarn.lock',
];

const maxOutputBytes = 10_000_000;

function main(root: string): void {
  const folder = join(root, 'packages/app');
  // In the build's own folder: clearing the build clears the stamp.
  const stampFile = join(folder, 'dist/.sources-hash');
  const hash = hashSources(root, sources);
  if (readOrEmpty(stampFile) === hash) {
    process.stdout.write('the portal is already built\n');
    return;
  }
  process.stdout.write('the sources changed: building the portal\n');
  const startedAtMs = Date.now();
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'package', 'build'],
    { cwd: folder, encoding: 'utf8', maxBuffer: maxOutputBytes },
  );
  if (error) throw error;
  if (status !== 0) {
    process.stdout.write(stdout + stderr);
    process.exitCode = 1;
    return;
  }
  writeFileSync(stampFile, hash);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(0);
  // The builder prints hundreds of lines about file sizes.
  process.stdout.write(`built the portal in ${seconds} s\n`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

main(checkoutRoot);
