/**
 * `node tools/src/build-app.ts NAME`: builds the browser's code of the portal or of the household
 * page when its sources changed since the last build.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from './folders.ts';
import { hashSources } from './hash-sources.ts';

interface Build {
  /** As shown to people. */
  readonly title: string;
  readonly folder: string;
  /** The sources of the browser's code. */
  readonly sources: readonly string[];
  /** Arguments of Node, from the root of the checkout. */
  readonly command: readonly string[];
}

/** What every build depends on. */
const shared = [
  'packages/heat-pump',
  'packages/homelab-api-client',
  'packages/portal-common',
  'packages/portal-react',
  'packages/telemetry',
  'package.json',
  'yarn.lock',
];

const builds: Readonly<Record<string, Build>> = {
  portal: {
    title: 'the portal',
    folder: 'packages/app',
    sources: ['packages/app', 'plugins', ...shared],
    command: [
      'node_modules/@backstage/cli/bin/backstage-cli',
      'package',
      'build',
    ],
  },
  'household-page': {
    title: 'the household page',
    folder: 'services/heatpump-web',
    sources: [
      'packages/live-client',
      'plugins/heat-pump-common',
      'plugins/heat-pump-react',
      'services/heatpump-web/src/web',
      'services/heatpump-web/vite.config.ts',
      ...shared,
    ],
    command: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  },
};

const maxOutputBytes = 10_000_000;

function main(root: string, name: string | undefined): void {
  const build = builds[name ?? ''];
  if (build === undefined)
    throw new Error(`Name one of ${Object.keys(builds).join(', ')}.`);
  const { title } = build;
  const folder = join(root, build.folder);
  // In the build's own folder: clearing the build clears the stamp.
  const stampFile = join(folder, 'dist/.sources-hash');
  const hash = hashSources(root, build.sources);
  if (readOrEmpty(stampFile) === hash) {
    process.stdout.write(`${title} is already built\n`);
    return;
  }
  process.stdout.write(`the sources changed: building ${title}\n`);
  const startedAtMs = Date.now();
  const [program = '', ...args] = build.command;
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, program), ...args],
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
  // The builders print hundreds of lines about file sizes.
  process.stdout.write(`built ${title} in ${seconds} s\n`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

main(checkoutRoot, process.argv[2]);
