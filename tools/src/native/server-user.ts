import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HomelabFolders } from '../runner/process-spec.ts';

/** The user and group that servers run as. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * Who runs the servers: `nobody` when we are root (PostgreSQL refuses root, the others need none
 * of its power), else `undefined`: the present user. A made-up number would not do, since initdb
 * looks its user up by name; these two have the same numbers on every Debian.
 */
export function serverUser(
  uid: number | undefined = process.getuid?.(),
): ServerUser | undefined {
  return uid === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** The folders of a checkout's stack, and a sentence for the person when they are not where expected. */
export interface ChosenFolders {
  folders: HomelabFolders;
  notice?: string;
}

/**
 * Moves the servers' data and config to /var/lib/homelab when root's stack lies below a folder
 * that the servers' user cannot enter, such as /root. Everything else stays where it is.
 */
export async function chooseFolders(
  folders: HomelabFolders,
  uid: number | undefined = process.getuid?.(),
): Promise<ChosenFolders> {
  if (serverUser(uid) === undefined || (await canBeEntered(folders.data)))
    return { folders };
  const key = createHash('sha256')
    .update(folders.data)
    .digest('hex')
    .slice(0, 12);
  const shared = join('/var/lib/homelab', key);
  return {
    folders: {
      ...folders,
      data: join(shared, 'data'),
      config: join(shared, 'config'),
    },
    notice: `The servers run as the user nobody, who cannot enter ${dirname(folders.data)}: their data is kept in ${shared} instead.`,
  };
}

/** True when every folder down to this one, as far as they exist, lets all users through. */
export async function canBeEntered(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = await stat(folder).then(
      entry => entry.mode,
      () => undefined,
    );
    if (mode !== undefined && (mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Creates a folder below one that is kept passable, private to the user that a server runs as. */
export async function createPrivateFolder(
  folder: string,
  user: ServerUser | undefined,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await giveTo(folder, user, 0o700);
}

/** Writes a file that only the user that a server runs as can read. */
export async function writePrivateFile(
  path: string,
  text: string,
  user: ServerUser | undefined,
): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  await giveTo(path, user, 0o600);
}

/** Makes a file or folder belong to the user that a server runs as, with this mode. */
export async function giveTo(
  path: string,
  user: ServerUser | undefined,
  mode: number,
): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
  await chmod(path, mode);
}
