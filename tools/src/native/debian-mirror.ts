import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import { runProgram } from './run-program.ts';

/** Debian's name of this machine's architecture, and the folder of its libraries. */
export interface DebianArchitecture {
  name: 'amd64' | 'arm64';
  triplet: string;
  /** File name of the dynamic loader. */
  loader: string;
}

/** The architecture of this machine, or `undefined` when the servers are not packaged for it. */
export function debianArchitecture(
  nodeArch: string = process.arch,
): DebianArchitecture | undefined {
  switch (nodeArch) {
    case 'x64':
      return {
        name: 'amd64',
        triplet: 'x86_64-linux-gnu',
        loader: 'ld-linux-x86-64.so.2',
      };
    case 'arm64':
      return {
        name: 'arm64',
        triplet: 'aarch64-linux-gnu',
        loader: 'ld-linux-aarch64.so.1',
      };
    default:
      return undefined;
  }
}

/** The fields of os-release(5); a machine without that file gives none. */
export function parseOsRelease(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(?:"([^"]*)"|(.*))$/gm)].map(match => [
      match[1],
      match[2] ?? match[3] ?? '',
    ]),
  );
}

/** Which distribution this machine runs: `id` in lower case, `title` for people. */
export function readDistribution(file = '/etc/os-release'): {
  id: string;
  title: string;
  version: string;
} {
  const fields = existsSync(file)
    ? parseOsRelease(readFileSync(file, 'utf8'))
    : {};
  return {
    id: fields.ID ?? 'unknown',
    title: fields.PRETTY_NAME ?? 'an unknown system',
    version: fields.VERSION_ID ?? '',
  };
}

export const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** @throws HomelabError when this machine cannot run Debian's own packages. */
export function requireDebian(): DebianArchitecture {
  const { id, title } = readDistribution();
  const architecture = debianArchitecture();
  if (id !== 'debian' || architecture === undefined) {
    throw new HomelabError(
      'missing-program',
      `The native servers come from Debian packages for amd64 and arm64, but this is ${title} on ${process.arch}: run the stack on Debian 12 or newer.`,
    );
  }
  return architecture;
}

/** One line of `apt-get indextargets` as asked for by {@link findDebianMirror}. */
const targetFormat = '$(REPO_URI) $(ORIGIN) $(CODENAME)';

/**
 * The address of the Debian archive that this machine is configured to use.
 * Asks APT; if its lists were never fetched, fetches them into `scratchDir` and leaves the machine's own unchanged.
 * @throws HomelabError when APT knows no Debian archive.
 */
export async function findDebianMirror(scratchDir: string): Promise<string> {
  const known = chooseMirror(await indexTargets([]));
  if (known !== undefined) return known;
  const lists = join(scratchDir, 'host-lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  const ownLists = [
    '-o',
    `Dir::State::lists=${lists}`,
    '-o',
    `Dir::Cache=${scratchDir}`,
    '-o',
    'APT::Sandbox::User=root',
  ];
  await runProgram({
    command: 'apt-get',
    args: [...ownLists, '-qq', 'update'],
    purpose: "Asking for this machine's Debian mirror",
  });
  const fetched = chooseMirror(await indexTargets(ownLists));
  if (fetched !== undefined) return fetched;
  throw new HomelabError(
    'step-failed',
    'APT on this machine knows no Debian archive: add one to /etc/apt/sources.list.d and run "apt-get update".',
  );
}

async function indexTargets(options: readonly string[]): Promise<string> {
  return runProgram({
    command: 'apt-get',
    args: [
      'indextargets',
      ...options,
      '--format',
      targetFormat,
      'Created-By: Packages',
    ],
    purpose: "Asking for this machine's Debian mirror",
  });
}

/** Picks Debian's main archive: not another origin, and not its security or updates suites. */
export function chooseMirror(targets: string): string | undefined {
  for (const line of targets.split('\n')) {
    const [uri, origin, codename = ''] = line.split(' ');
    if (uri && origin === 'Debian' && /^[a-z]+$/.test(codename)) return uri;
  }
  return undefined;
}
