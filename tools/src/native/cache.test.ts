import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCacheDir, ensureCached } from './cache.ts';

interface Finishing {
  onTestFinished(action: () => void): void;
}

function createFolder(t: Finishing): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-cache-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('creates a folder once, even for concurrent requests', async t => {
  const cacheDir = createFolder(t);
  let builds = 0;
  const ask = () =>
    ensureCached(cacheDir, {
      name: 'thing',
      recipe: 1,
      build: async ({ buildDir, finalDir }) => {
        builds += 1;
        await writeFile(join(buildDir, 'path'), finalDir);
      },
    });
  const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
  expect(new Set([first, ...others]).size).toBe(1);
  expect(await ask()).toBe(first);
  expect(builds).toBe(1);
  expect(await readFile(join(first, 'path'), 'utf8')).toBe(first);
});

test('creates another folder when the recipe changes', async t => {
  const cacheDir = createFolder(t);
  const ask = (recipe: unknown) =>
    ensureCached(cacheDir, { name: 'thing', recipe, build: async () => {} });
  expect(await ask(['a'])).not.toBe(await ask(['a', 'b']));
});

test('does not use a failed build, and builds again', async t => {
  const cacheDir = createFolder(t);
  const ask = (build: (dirs: { buildDir: string }) => Promise<void>) =>
    ensureCached(cacheDir, { name: 'thing', recipe: 1, build });
  await expect(
    ask(async ({ buildDir }) => {
      await writeFile(join(buildDir, 'half'), '');
      throw new Error('cut off');
    }),
  ).rejects.toThrow('cut off');
  const folder = await ask(async () => {});
  expect(await readdir(folder)).toEqual([]);
});

test('clears the remains of a killed build', async t => {
  const cacheDir = createFolder(t);
  const leftover = join(cacheDir, 'partial', 'thing@1-dead');
  mkdirSync(leftover, { recursive: true });
  const neighbour = join(cacheDir, 'partial', 'thing-else@1-live');
  mkdirSync(neighbour);
  await ensureCached(cacheDir, {
    name: 'thing',
    recipe: 1,
    build: async () => {},
  });
  expect(existsSync(leftover)).toBe(false);
  expect(existsSync(neighbour)).toBe(true);
});

test('lets the environment choose the cache folder', () => {
  expect(defaultCacheDir({ HOMELAB_CACHE_DIR: '/somewhere' })).toBe(
    '/somewhere',
  );
});
