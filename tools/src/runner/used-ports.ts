import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { HomelabError, systemCodeOf } from '../homelab-error.ts';
import { listProcesses } from './proc-table.ts';

/** A port of the stack that another program listens on. */
export interface UsedPort {
  label: string;
  port: number;
  /** The listening process, if it can be found; that of another user cannot. */
  owner?: { pid: number; command: string };
}

/**
 * Checks that all these ports are free on the loopback address.
 * @throws HomelabError `used-port` naming each used port, its owner, and how to fix it
 */
export async function requireFreePorts(
  ports: readonly { label: string; port: number }[],
): Promise<void> {
  const used = await findUsedPorts(ports);
  if (used.length > 0)
    throw new HomelabError('used-port', describeUsedPorts(used));
}

/** Those of the ports that cannot be listened on. */
export async function findUsedPorts(
  ports: readonly { label: string; port: number }[],
): Promise<UsedPort[]> {
  const used: UsedPort[] = [];
  for (const { label, port } of ports) {
    if (!(await isFree(port)))
      used.push({ label, port, owner: findListener(port) });
  }
  return used;
}

/** The sentence for a person. */
export function describeUsedPorts(used: readonly UsedPort[]): string {
  const each = used.map(({ label, port, owner }) => {
    const by = owner
      ? `${owner.command} (pid ${owner.pid})`
      : 'another program';
    return `port ${port} (${label}) is used by ${by}`;
  });
  const sentence = each.join(', ');
  return `Nothing was started: ${sentence}. End that program, or move all ports of this checkout, for example with "./homelab up --port-offset 100".`;
}

/** @throws Error other than "in use", for example without permission for a port below 1024 */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: '127.0.0.1' }, resolve);
    });
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EADDRINUSE') return false;
    throw error;
  } finally {
    await new Promise<void>(done => server.close(() => done()));
  }
}

/**
 * Finds the socket listening on a port in the text of `/proc/net/tcp` or `tcp6`.
 * @returns its inode, or undefined
 */
export function parseListeningInode(
  table: string,
  port: number,
): string | undefined {
  const listening = '0A';
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n').slice(1)) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state === listening && local?.endsWith(`:${hexPort}`)) return inode;
  }
  return undefined;
}

function findListener(port: number): UsedPort['owner'] {
  const inode = ['/proc/net/tcp', '/proc/net/tcp6']
    .map(path => parseListeningInode(readOrEmpty(path), port))
    .find(found => found !== undefined);
  if (inode === undefined) return undefined;
  const owner = listProcesses().find(entry =>
    holdsSocket(entry.pid, `socket:[${inode}]`),
  );
  return owner && { pid: owner.pid, command: owner.command };
}

function holdsSocket(pid: number, link: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some(
      name => readLinkOrEmpty(`${folder}/${name}`) === link,
    );
  } catch {
    return false;
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readLinkOrEmpty(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
