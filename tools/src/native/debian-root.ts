import { existsSync } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ensureCached, type Report } from './cache.ts';
import {
  debianKeyring,
  findDebianMirror,
  requireDebian,
} from './debian-mirror.ts';
import { HomelabError } from '../homelab-error.ts';
import { runProgram } from './run-program.ts';

/** A private copy of Debian programs, which are not installed on the machine. */
export interface DebianRootRecipe {
  /** Names the folder in the cache. */
  name: string;
  /** Shown while it downloads. */
  title: string;
  packages: readonly string[];
  /** Programs and folders of programs, relative to the root, that must run from it. */
  programs: readonly string[];
  /** The steps of the packages' install scripts that we need. */
  finish?: (root: string, finalDir: string) => Promise<void>;
}

/** The release with recent enough PostgreSQL, TimescaleDB and Mosquitto. */
const suite = 'trixie';
/** Increment when the way a root is built changes, so that caches are rebuilt. */
const method = 1;

/**
 * Returns the folder of a private Debian root, creating it if it is not cached: downloads the
 * packages from the machine's mirror, unpacks them into one root and makes their programs use
 * the root's C library, because the host's may be older.
 * @throws HomelabError in one sentence when the machine or its network cannot do it.
 */
export async function ensureDebianRoot(
  cacheDir: string,
  recipe: DebianRootRecipe,
  report: Report,
): Promise<string> {
  const architecture = requireDebian();
  const { name, title, packages, programs } = recipe;
  return ensureCached(cacheDir, {
    name,
    recipe: { suite, method, architecture, packages, programs },
    build: async ({ buildDir, finalDir }) => {
      const aptDir = join(buildDir, 'apt');
      const archives = await downloadPackages(
        aptDir,
        { title, packages: [...packages, 'patchelf'] },
        report,
      );
      report(`${title}: unpacking`);
      await unpack(archives, buildDir);
      await rm(aptDir, { recursive: true });
      await makeLinksRelative(buildDir);
      await useOwnLibraries(buildDir, finalDir, programs);
      await recipe.finish?.(buildDir, finalDir);
    },
  });
}

async function downloadPackages(
  aptDir: string,
  wanted: { title: string; packages: readonly string[] },
  report: Report,
): Promise<string[]> {
  const archivesDir = join(aptDir, 'archives');
  const aptGet = await createPrivateApt(aptDir, archivesDir);
  await aptGet(['update']);
  const plan = parsePrintUris(
    await aptGet(['install', '--print-uris', ...wanted.packages]),
  );
  const megabytes = Math.round(plan.bytes / 1e6);
  report(
    `${wanted.title}: downloading ${plan.count} packages, ${megabytes} MB`,
  );
  const progress = setInterval(() => {
    void folderBytes(archivesDir).then(bytes => {
      if (bytes === 0) return;
      report(
        `${wanted.title}: ${Math.round(bytes / 1e6)} of ${megabytes} MB downloaded`,
      );
    });
  }, 5_000);
  try {
    await aptGet(['install', '--download-only', ...wanted.packages]);
  } finally {
    clearInterval(progress);
  }
  return (await readdir(archivesDir))
    .filter(file => file.endsWith('.deb'))
    .map(file => join(archivesDir, file));
}

/** An apt-get that sees no installed package, one source, and writes only below `aptDir`. */
async function createPrivateApt(
  aptDir: string,
  archivesDir: string,
): Promise<(args: readonly string[]) => Promise<string>> {
  await mkdir(join(aptDir, 'lists', 'partial'), { recursive: true });
  await mkdir(join(archivesDir, 'partial'), { recursive: true });
  if (!existsSync(debianKeyring)) {
    throw new HomelabError(
      'missing-program',
      `The keys of the Debian archive are not at ${debianKeyring}: install the package debian-archive-keyring.`,
    );
  }
  const mirror = await findDebianMirror(aptDir);
  const at = (path: string) => join(aptDir, path);
  await writeFile(at('status'), '');
  await writeFile(
    at('sources.list'),
    `deb [signed-by=${debianKeyring}] ${mirror} ${suite} main\n`,
  );
  // Given with -c, so that it is read after the machine's own files (which may set a proxy) and wins.
  await writeFile(
    at('apt.conf'),
    [
      `Dir::State "${aptDir}";`,
      `Dir::State::lists "${at('lists')}";`,
      `Dir::State::status "${at('status')}";`,
      `Dir::State::extended_states "${at('extended_states')}";`,
      `Dir::Cache "${aptDir}";`,
      `Dir::Cache::archives "${archivesDir}";`,
      `Dir::Etc::SourceList "${at('sources.list')}";`,
      'Dir::Etc::SourceParts "/dev/null";',
      'Dir::Etc::Preferences "/dev/null";',
      'Dir::Etc::PreferencesParts "/dev/null";',
      'Debug::NoLocking "true";',
      'APT::Sandbox::User "root";',
      'Acquire::Languages "none";',
      'Acquire::Retries "3";',
      'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
      // The machine's hooks would clean its own package cache or wake its desktop.
      '#clear APT::Update::Pre-Invoke;',
      '#clear APT::Update::Post-Invoke;',
      '#clear APT::Update::Post-Invoke-Success;',
      '#clear DPkg::Pre-Invoke;',
      '#clear DPkg::Post-Invoke;',
      '#clear DPkg::Pre-Install-Pkgs;',
      '',
    ].join('\n'),
  );
  const options = ['-c', at('apt.conf'), '-q', '-y', '--no-install-recommends'];
  return args =>
    runProgram({
      command: 'apt-get',
      args: [...options, ...args],
      purpose: 'Downloading Debian packages',
      env: { LC_ALL: 'C' },
    });
}

/** Counts the packages and bytes in the output of `apt-get install --print-uris`. */
export function parsePrintUris(output: string): {
  count: number;
  bytes: number;
} {
  const sizes = [...output.matchAll(/^'[^']+' \S+ (\d+)/gm)].map(match =>
    Number(match[1]),
  );
  return {
    count: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const part of ['.', 'partial']) {
    for (const file of await readdir(join(folder, part)).catch(() => [])) {
      bytes += await stat(join(folder, part, file)).then(
        entry => (entry.isFile() ? entry.size : 0),
        () => 0,
      );
    }
  }
  return bytes;
}

/** Unpacks with two workers: decompression takes the time, and we expect at least two cores. */
async function unpack(
  archives: readonly string[],
  root: string,
): Promise<void> {
  const waiting = [...archives];
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await runProgram({
        command: 'dpkg',
        args: ['-x', next, root],
        purpose: 'Unpacking Debian packages',
      });
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Packages link to absolute paths such as /etc/java; below a private root they must stay inside it. */
async function makeLinksRelative(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const target = await readlink(path);
    if (!target.startsWith('/') || !existsSync(join(root, target))) continue;
    await rm(path);
    await symlink(relative(dirname(path), join(root, target)), path);
  }
}

async function useOwnLibraries(
  buildDir: string,
  finalDir: string,
  programs: readonly string[],
): Promise<void> {
  const { triplet, loader } = requireDebian();
  const libraries = join('usr/lib', triplet);
  const files = await findPrograms(buildDir, programs);
  // patchelf itself needs the newer C library, so it runs through the root's own loader.
  await runProgram({
    command: join(buildDir, libraries, loader),
    args: [
      '--library-path',
      join(buildDir, libraries),
      join(buildDir, 'usr/bin/patchelf'),
      '--set-interpreter',
      join(finalDir, libraries, loader),
      '--force-rpath',
      '--set-rpath',
      `${join(finalDir, libraries)}:$ORIGIN:$ORIGIN/../lib`,
      ...files,
    ],
    purpose: 'Preparing the downloaded programs',
  });
}

/** The ELF programs among the named files and directly inside the named folders. */
async function findPrograms(
  root: string,
  programs: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const program of programs) {
    const path = join(root, program);
    const isFolder = (await stat(path)).isDirectory();
    const candidates = isFolder
      ? (await readdir(path, { withFileTypes: true }))
          .filter(entry => entry.isFile())
          .map(entry => join(path, entry.name))
      : [path];
    for (const candidate of candidates)
      if (await isExecutableElf(candidate)) found.push(candidate);
  }
  return found;
}

async function isExecutableElf(path: string): Promise<boolean> {
  if (((await stat(path)).mode & 0o111) === 0) return false;
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x7fELF';
  } finally {
    await file.close();
  }
}
