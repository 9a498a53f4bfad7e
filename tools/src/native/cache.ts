import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';

/** Reports progress, one line at a time. */
export type Report = (line: string) => void;

/**
 * The folder for downloads that every checkout shares: `/var/cache/homelab` as root, else
 * `homelab` in the user's cache folder. HOMELAB_CACHE_DIR moves it.
 */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.HOMELAB_CACHE_DIR) return env.HOMELAB_CACHE_DIR;
  if (process.getuid?.() === 0) return '/var/cache/homelab';
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'homelab');
}

/** A short stable key of everything that determines the result of a recipe. */
export function recipeKey(recipe: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(recipe))
    .digest('hex')
    .slice(0, 12);
}

/** One folder in the cache and how to create it. */
export interface CachedBuild {
  /** First part of the folder's name. */
  name: string;
  /** Everything the content depends on; another recipe gets another folder. */
  recipe: unknown;
  /**
   * Fills `buildDir`. The folder is then renamed to `finalDir`, so that absolute
   * paths written into files must start with `finalDir`.
   */
  build: (dirs: { buildDir: string; finalDir: string }) => Promise<void>;
}

/**
 * Returns the path of a cached folder, creating it if needed. The folder appears by renaming a
 * finished build: an interrupted build never counts and is cleared by the next one. Safe with
 * concurrent processes; they wait for the one that builds.
 */
export async function ensureCached(
  cacheDir: string,
  { name, recipe, build }: CachedBuild,
): Promise<string> {
  const finalDir = cachedPath(cacheDir, { name, recipe });
  if (existsSync(finalDir)) return finalDir;
  const partialRoot = join(cacheDir, 'partial');
  await mkdir(partialRoot, { recursive: true });
  return withFileLock(join(cacheDir, 'locks', name), async () => {
    if (existsSync(finalDir)) return finalDir;
    await clearLeftovers(partialRoot, `${name}@`);
    const suffix = randomBytes(4).toString('hex');
    const buildDir = join(partialRoot, `${name}@${process.pid}-${suffix}`);
    await mkdir(buildDir);
    try {
      await build({ buildDir, finalDir });
      // Servers started by root run as another user, which must be able to read this.
      await chmod(buildDir, 0o755);
      await rename(buildDir, finalDir);
    } catch (error) {
      await rm(buildDir, { recursive: true, force: true });
      throw error;
    }
    return finalDir;
  });
}

/** Where `ensureCached` keeps a build, whether or not it exists. */
export function cachedPath(
  cacheDir: string,
  { name, recipe }: Pick<CachedBuild, 'name' | 'recipe'>,
): string {
  return join(cacheDir, `${name}-${recipeKey(recipe)}`);
}

async function clearLeftovers(folder: string, prefix: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(prefix))
      await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * Runs `action` while holding an exclusive lock on a file. The lock is held by a `flock`
 * child that ends when its input closes: the kernel frees it however this process dies.
 */
export async function withFileLock<T>(
  file: string,
  action: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const holder = spawn('flock', [file, 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  holder.stdin.on('error', () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      holder.on('error', reject);
      holder.on('exit', code =>
        reject(
          new HomelabError(
            'step-failed',
            `Cannot lock ${file} (flock ended with ${code}): check that the folder is writable.`,
          ),
        ),
      );
      holder.stdout.once('data', () => resolve());
    });
    return await action();
  } finally {
    holder.stdin.destroy();
  }
}

/** Creates the cache folder readable by other users; fails with a clear message if it is not writable. */
export async function createCacheDir(cacheDir: string): Promise<void> {
  try {
    await mkdir(cacheDir, { recursive: true });
    if ((await stat(cacheDir)).uid === process.getuid?.())
      await chmod(cacheDir, 0o755);
    await mkdir(join(cacheDir, 'locks'), { recursive: true });
  } catch (error) {
    throw new HomelabError(
      'step-failed',
      `Cannot write to the download folder ${cacheDir}: make it writable, or choose another with HOMELAB_CACHE_DIR.`,
      { cause: error },
    );
  }
}
