import {
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { hashSources } from '../hash-sources.ts';
import { ensureCached } from '../native/cache.ts';
import type { Workspace } from '../publishing/workspaces.ts';

/** Runs a program in a folder to its end. @throws when it fails */
export type RunStep = (
  title: string,
  cwd: string,
  command: string,
  args: readonly string[],
) => Promise<void>;

/** The archive of each package, by name, as a registry would have it. */
export type Archives = Readonly<Record<string, string>>;

const manifestFields = ['dependencies', 'devDependencies', 'peerDependencies'];

const cacheName = 'lift-packages';
/** Another checkout may still be using its own. */
const keptMs = 24 * 60 * 60 * 1_000;

/**
 * Builds the packages and packs them as for a registry, unless the cache has them for these sources. Of the checkout
 * only the ignored build folders change: the files of each package are prepared elsewhere.
 */
export async function packPackages(deps: {
  root: string;
  cacheDir: string;
  packages: readonly Workspace[];
  runStep: RunStep;
}): Promise<Archives> {
  const { root, cacheDir, packages, runStep } = deps;
  const folders = packages.map(({ folder }) => folder).sort();
  const recipe = hashSources(root, [
    ...folders,
    'tools/src/lift/pack.ts',
    'tsconfig.json',
    'tsconfig.publish.json',
    'yarn.lock',
  ]);
  const folder = await ensureCached(cacheDir, {
    name: cacheName,
    recipe,
    build: ({ buildDir }) => build(root, buildDir, packages, runStep),
  });
  forgetOthers(cacheDir, folder);
  return JSON.parse(
    readFileSync(join(folder, 'archives.json'), 'utf8'),
    (key, value: unknown) => (key === '' ? value : join(folder, String(value))),
  ) as Archives;
}

/** Deletes archives of other sources. */
function forgetOthers(cacheDir: string, current: string): void {
  for (const entry of globSync(`${cacheName}-*`, { cwd: cacheDir })) {
    const path = join(cacheDir, entry);
    if (path !== current && Date.now() - statSync(path).mtimeMs > keptMs)
      rmSync(path, { recursive: true });
  }
}

async function build(
  root: string,
  buildDir: string,
  packages: readonly Workspace[],
  runStep: RunStep,
): Promise<void> {
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const node = process.execPath;
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
  await runStep('declarations', root, node, [
    tsc,
    '-p',
    'tsconfig.publish.json',
  ]);
  await runStep('build', root, node, [cli, 'repo', 'build']);
  const prepared = join(buildDir, 'prepared');
  mkdirSync(prepared);
  await runStep('prepare', root, node, [
    cli,
    'build-workspace',
    prepared,
    ...packages.map(({ manifest }) => manifest.name),
  ]);
  const manifests = globSync('{packages,plugins}/*/package.json', {
    cwd: prepared,
  });
  finishManifests(manifests.map(path => join(prepared, path)));
  await runStep('pack', buildDir, 'npm', [
    'pack',
    '--ignore-scripts',
    '--loglevel=error',
    `--cache=${join(buildDir, 'npm')}`,
    ...manifests.map(path => join(prepared, dirname(path))),
  ]);
  writeFileSync(
    join(buildDir, 'archives.json'),
    JSON.stringify(
      Object.fromEntries(
        packages.map(({ manifest: { name, version } }) => [
          name,
          `${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
        ]),
      ),
    ),
  );
  rmSync(prepared, { recursive: true });
}

/** What Yarn does to a package.json when it publishes: other packages of ours get their versions. */
function finishManifests(paths: readonly string[]): void {
  const manifests = paths.map(path => ({
    path,
    content: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>,
  }));
  const versions = new Map(
    manifests.map(({ content }) => [content.name, content.version]),
  );
  for (const { path, content } of manifests) {
    for (const field of manifestFields) {
      const ranges = (content[field] ?? {}) as Record<string, string>;
      for (const [name, range] of Object.entries(ranges))
        if (range === 'workspace:^')
          ranges[name] = `^${String(versions.get(name) ?? '0.0.0')}`;
    }
    writeFileSync(path, JSON.stringify(content, null, 2));
  }
}
