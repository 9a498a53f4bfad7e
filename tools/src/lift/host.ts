import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { HomelabError } from '../homelab-error.ts';
import type { Family } from './families.ts';
import type { Archives, RunStep } from './pack.ts';

/** The entity on whose page a stranger looks for tabs and cards, as the READMEs call it. */
const entityName = 'my-service';

interface PackageJson {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  resolutions?: Record<string, string>;
  packageManager?: string;
}

/**
 * Creates a stock Backstage app with Backstage's own `create-app`, of the release that the checkout uses, and
 * changes only what the READMEs of the families say, and what whoever runs an app sets anyway.
 *
 * @param deps.folder is cleared, but its `node_modules` are kept
 * @param deps.ownConfig addresses, ports and database
 */
export async function createHost(deps: {
  root: string;
  folder: string;
  families: readonly Family[];
  archives: Archives;
  ownConfig: object;
  runStep: RunStep;
}): Promise<void> {
  const { root, folder, families, archives, ownConfig, runStep } = deps;
  clearExceptModules(folder);
  await runStep('create-app', root, process.execPath, [
    join(root, 'node_modules/@backstage/create-app/bin/backstage-create-app'),
    '--skip-install',
    '--path',
    folder,
  ]);
  refuseOtherRelease(root, folder);
  pinRelease(folder);
  useOurYarn(root, folder, archives);
  register(folder, families, archives);
  configure(folder, families, ownConfig);
  await runStep('install', folder, 'yarn', ['install', '--no-immutable']);
}

function clearExceptModules(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder))
    if (entry !== 'node_modules')
      rmSync(join(folder, entry), { recursive: true });
}

/** Another release would test something that nobody has here. */
function refuseOtherRelease(root: string, folder: string): void {
  const [ours, theirs] = [root, folder].map(
    place =>
      readJson<{ version: string }>(join(place, 'backstage.json')).version,
  );
  if (ours === theirs) return;
  throw new HomelabError(
    'step-failed',
    `create-app makes an app of Backstage ${theirs} and the checkout is at ${ours}: change the version of @backstage/create-app in tools/package.json.`,
  );
}

/**
 * A range of the template begins with the version of the release, and admits later ones that were made for later
 * releases; without the lock file of the release an app would get a mixture.
 */
function pinRelease(folder: string): void {
  for (const app of ['.', 'packages/app', 'packages/backend'])
    editJson<PackageJson>(join(folder, app, 'package.json'), manifest => {
      for (const ranges of [manifest.dependencies, manifest.devDependencies])
        for (const [name, range] of Object.entries(ranges ?? {}))
          if (ranges && name.startsWith('@backstage/'))
            ranges[name] = range.replace('^', '');
    });
}

/**
 * The app is installed by the Yarn of the checkout, with its cache, and starts from its lock file: the one that
 * create-app would fetch is on a host that need not be reachable, and without any every run could differ.
 */
function useOurYarn(root: string, folder: string, archives: Archives): void {
  rmSync(join(folder, '.yarn'), { recursive: true, force: true });
  copyFileSync(join(root, 'yarn.lock'), join(folder, 'yarn.lock'));
  writeFileSync(
    join(folder, '.yarnrc.yml'),
    stringify({
      nodeLinker: 'node-modules',
      nmMode: 'hardlinks-global',
      enableTelemetry: false,
      // Among what would be compiled, only SQLite is missed, and the app uses PostgreSQL.
      enableScripts: false,
    }),
  );
  editJson<PackageJson>(join(folder, 'package.json'), manifest => {
    delete manifest.packageManager;
    // Stands in for the registry that would have the packages.
    manifest.resolutions = {
      ...manifest.resolutions,
      ...Object.fromEntries(
        Object.entries(archives).map(([name, path]) => [name, `file:${path}`]),
      ),
    };
  });
}

/** The first step of each README. */
function register(
  folder: string,
  families: readonly Family[],
  archives: Archives,
): void {
  for (const { id, steps } of families) {
    for (const { folder: app, name } of steps.packages) {
      const archive = archives[name];
      if (archive === undefined)
        throw new HomelabError(
          'step-failed',
          `The README of ${id} adds ${name}, which no package of the checkout is called.`,
        );
      editJson<PackageJson>(join(folder, app, 'package.json'), manifest => {
        manifest.dependencies = {
          ...manifest.dependencies,
          [name]: `file:${archive}`,
        };
      });
    }
  }
  const path = join(folder, 'packages/backend/src/index.ts');
  const lines = families.flatMap(({ steps }) => steps.backend).join('\n');
  const start = 'backend.start();';
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, source.replace(start, `${lines}\n\n${start}`));
}

/** The second step of each README, and an entity that has every annotation. */
function configure(
  folder: string,
  families: readonly Family[],
  ownConfig: object,
): void {
  const path = join(folder, 'app-config.yaml');
  const parts = [ownConfig, ...families.flatMap(({ steps }) => steps.config)];
  const stock: unknown = parse(readFileSync(path, 'utf8'));
  writeFileSync(path, stringify(parts.reduce(merge, stock)));
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: entityName,
      annotations: Object.assign(
        {},
        ...families.map(({ steps }) => steps.annotations),
      ) as object,
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
  };
  const entities = join(folder, 'examples/entities.yaml');
  const others = readFileSync(entities, 'utf8');
  writeFileSync(entities, `${others}\n---\n${stringify(entity)}`);
}

/** Objects are merged, everything else is replaced, as Backstage does with several files. */
function merge(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const merged = { ...base };
  for (const [key, value] of Object.entries(over))
    merged[key] = merge(base[key], value);
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function editJson<T>(path: string, edit: (content: T) => void): void {
  const content = readJson<T>(path);
  edit(content);
  writeFileSync(path, JSON.stringify(content, null, 2));
}
