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
 * The user that runs the servers: `nobody` when we are root (PostgreSQL refuses root, the others
 * do not need it), else `undefined`: the current user. An arbitrary id would not work, because
 * initdb looks up its user by name; these two have the same ids on every Debian.
 */
export function serverUser(
  uid: number | undefined = process.getuid?.(),
): ServerUser | undefined {
  return uid === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** The folders of a checkout's stack, and a notice if they are elsewhere than expected. */
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

/** True when every existing folder down to this one lets all users pass. */
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

/** Creates a folder private to the user of a server, below one that stays passable. */
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
