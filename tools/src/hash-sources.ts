import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Generated from sources, or never part of the frontend. */
const ignored = [
  /^node_modules$/,
  /^dist(-types)?$/,
  /^coverage$/,
  /^\./,
  /-backend$/,
  /\.test\.tsx?$/,
  /\.md$/,
];

/**
 * A hash over names and contents of files and folders, relative to `root`. Build output, tests,
 * documents, hidden files and backend plugins do not count.
 */
export function hashSources(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(start => listFiles(root, start)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function listFiles(root: string, path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter(entry => !ignored.some(pattern => pattern.test(entry.name)))
    .flatMap(entry => {
      if (entry.isDirectory()) return listFiles(root, join(path, entry.name));
      return entry.isFile() ? [join(path, entry.name)] : [];
    });
}
