import { statfs } from 'node:fs/promises';
import { HomelabError } from './homelab-error.ts';

const leastFreeBytes = 500_000_000;
/** Below this, servers fail to write although the disk is not quite full. */
const fullBytes = 20_000_000;

type FreeBytes = (folder: string) => Promise<number>;

/**
 * Refuses to start when the servers would soon run out of space.
 * @throws HomelabError `full-disk` when the disk holding the folder has less than 500 MB free
 */
export async function requireFreeSpace(
  folder: string,
  freeBytes: FreeBytes = readFreeBytes,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= leastFreeBytes) return;
  throw new HomelabError(
    'full-disk',
    `The disk that holds ${folder} has only ${toMegabytes(free)} MB free, and the servers need at least ${toMegabytes(leastFreeBytes)} MB. Free some space and run the command again.`,
  );
}

/** Turns a failure on a full disk into one that says so; keeps any other. */
export async function explainFullDisk(
  error: unknown,
  folder: string,
  freeBytes: FreeBytes = readFreeBytes,
): Promise<unknown> {
  if (error instanceof HomelabError && error.code === 'full-disk') return error;
  const free = await freeBytes(folder).catch(() => Infinity);
  if (free >= fullBytes) return error;
  const first = error instanceof Error ? error.message.split('\n')[0] : '';
  return new HomelabError(
    'full-disk',
    `The disk that holds ${folder} is full, so the stack cannot run. Free some space and run the command again. (${first})`,
    { cause: error },
  );
}

async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function toMegabytes(bytes: number): number {
  return Math.floor(bytes / 1_000_000);
}
