import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import {
  debianArchitecture,
  debianKeyring,
  readDistribution,
} from './debian-mirror.ts';
import { findProgram } from './find-program.ts';
import { findJava, leastJavaVersion } from './java.ts';
import { runProgram } from './run-program.ts';

/** One line of the doctor's report. */
export interface Finding {
  subject: string;
  /** `fetched`: absent, but downloaded by `up`. `missing`: `up` cannot work without it. */
  state: 'ok' | 'fetched' | 'warning' | 'missing';
  /** What was found, or what is missing. */
  found: string;
  /** How to fix it. */
  fix?: string;
}

const gibibyte = 2 ** 30;
const neededDiskBytes = 6 * gibibyte;
const neededMemoryBytes = 3 * gibibyte;

/** Inspects this machine; changes nothing and downloads nothing. */
export async function examineMachine(folders: {
  cacheDir: string;
  checkoutDir: string;
}): Promise<Finding[]> {
  return [
    checkSystem(readDistribution(), process.arch),
    checkPrograms(),
    checkNode(process.versions.node),
    checkNpm(findProgram('npm')),
    await checkPython(),
    checkJava(await findJava()),
    checkMaven(findProgram('mvn')),
    checkBrowser(findProgram('chromium')),
    checkTimeZones(existsSync('/usr/share/zoneinfo/Europe')),
    checkMemory(readMemoryBytes()),
    ...(await checkDisks(folders)),
    ...checkExecution(folders),
  ];
}

/** Debian 12 or newer, on an architecture that the servers are packaged for. */
export function checkSystem(
  system: { id: string; title: string; version: string },
  nodeArch: string,
): Finding {
  const subject = 'System';
  const found = `${system.title}, ${debianArchitecture(nodeArch)?.name ?? nodeArch}`;
  if (system.id !== 'debian' || debianArchitecture(nodeArch) === undefined) {
    return {
      subject,
      state: 'missing',
      found,
      fix: 'run it on Debian 12 or newer, amd64 or arm64',
    };
  }
  // Debian's next release has no number before it is released.
  if (system.version !== '' && Number(system.version) < 12) {
    return {
      subject,
      state: 'warning',
      found,
      fix: 'not tested on releases before Debian 12: upgrade if something fails',
    };
  }
  return { subject, state: 'ok', found };
}

/** Parts of Debian that only minimal images lack. */
function checkPrograms(): Finding {
  const subject = 'Debian tools';
  const packages: Record<string, string> = {
    flock: 'util-linux',
    setpriv: 'util-linux',
    'apt-get': 'apt',
    dpkg: 'dpkg',
    tar: 'tar',
  };
  const absent = Object.keys(packages).filter(
    program => findProgram(program) === undefined,
  );
  const wanted = new Set(absent.map(program => packages[program]));
  if (!existsSync(debianKeyring)) wanted.add('debian-archive-keyring');
  if (!existsSync('/etc/ssl/certs/ca-certificates.crt'))
    wanted.add('ca-certificates');
  if (wanted.size === 0)
    return { subject, state: 'ok', found: 'apt, dpkg, flock, certificates' };
  const list = [...wanted].join(' ');
  return {
    subject,
    state: 'missing',
    found: `not installed: ${list}`,
    fix: `apt-get install ${list}`,
  };
}

function checkNode(version: string): Finding {
  // This program itself runs on the Node that ./homelab found or downloaded.
  return { subject: 'Node', state: 'ok', found: version };
}

/** npm installs Node and Yarn; a machine that has both in the cache still needs it for the next version. */
export function checkNpm(path: string | undefined): Finding {
  return path
    ? { subject: 'npm', state: 'ok', found: path }
    : {
        subject: 'npm',
        state: 'missing',
        found: 'not installed',
        fix: 'apt-get install npm',
      };
}

async function checkPython(): Promise<Finding> {
  const subject = 'Python with venv';
  if (findProgram('python3') === undefined) {
    return {
      subject,
      state: 'missing',
      found: 'python3 is not installed',
      fix: 'apt-get install python3 python3-venv',
    };
  }
  try {
    const version = await runProgram({
      command: 'python3',
      // Debian packages ensurepip separately, without which a venv has no pip.
      args: [
        '-c',
        'import platform, venv, ensurepip; print(platform.python_version())',
      ],
      purpose: 'Asking Python for its version',
    });
    return { subject, state: 'ok', found: version.trim() };
  } catch {
    return {
      subject,
      state: 'missing',
      found: 'python3 has no venv module',
      fix: 'apt-get install python3-venv',
    };
  }
}

/** Kafka's Java. */
export function checkJava(
  java: { path: string; version: number } | undefined,
): Finding {
  const subject = `Java ${leastJavaVersion} or newer`;
  if (java !== undefined && java.version >= leastJavaVersion)
    return { subject, state: 'ok', found: `${java.version} (${java.path})` };
  return {
    subject,
    state: 'fetched',
    found: java ? `only Java ${java.version}` : 'not installed',
    fix: 'up downloads Java 21 into the cache (70 MB)',
  };
}

function checkMaven(path: string | undefined): Finding {
  return path
    ? { subject: 'Maven', state: 'ok', found: path }
    : {
        subject: 'Maven',
        state: 'fetched',
        found: 'not installed',
        fix: 'up downloads it into the cache, with Java',
      };
}

function checkBrowser(path: string | undefined): Finding {
  return path
    ? { subject: 'Chromium', state: 'ok', found: path }
    : {
        subject: 'Chromium',
        state: 'fetched',
        found: 'not installed',
        fix: 'only tests need it; test downloads it into the cache (175 MB)',
      };
}

/** PostgreSQL reads time zones from the system, at the one place Debian keeps them. */
export function checkTimeZones(present: boolean): Finding {
  return present
    ? { subject: 'Time zones', state: 'ok', found: '/usr/share/zoneinfo' }
    : {
        subject: 'Time zones',
        state: 'missing',
        found: 'not installed',
        fix: 'apt-get install tzdata',
      };
}

/** The whole stack stays below 3 GB. */
export function checkMemory(bytes: number): Finding {
  const enough = bytes >= neededMemoryBytes;
  return {
    subject: 'Memory',
    state: enough ? 'ok' : 'warning',
    found: `${inGigabytes(bytes)} available`,
    ...(enough
      ? {}
      : { fix: 'the stack needs up to 3 GB: close other programs' }),
  };
}

function readMemoryBytes(): number {
  const kib = /^MemAvailable:\s+(\d+)/m.exec(
    readFileSync('/proc/meminfo', 'utf8'),
  )?.[1];
  return kib === undefined ? totalmem() : Number(kib) * 1024;
}

async function checkDisks(folders: {
  cacheDir: string;
  checkoutDir: string;
}): Promise<Finding[]> {
  const free = async (folder: string) => {
    const { bavail, bsize } = await statfs(nearestExisting(folder));
    return bavail * bsize;
  };
  return [
    checkDisk(
      'Disk of downloads',
      folders.cacheDir,
      await free(folders.cacheDir),
    ),
    checkDisk(
      'Disk of checkout',
      folders.checkoutDir,
      await free(folders.checkoutDir),
    ),
  ];
}

/** Below 6 GB a first installation may not fit; what is already installed may still run. */
export function checkDisk(
  subject: string,
  folder: string,
  freeBytes: number,
): Finding {
  const found = `${inGigabytes(freeBytes)} free at ${folder}`;
  if (freeBytes >= neededDiskBytes) return { subject, state: 'ok', found };
  return {
    subject,
    state: freeBytes < gibibyte ? 'missing' : 'warning',
    found,
    fix: 'a first installation needs about 6 GB: free some space',
  };
}

function checkExecution(folders: {
  cacheDir: string;
  checkoutDir: string;
}): Finding[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  return [
    checkExecutable('Programs in cache', mounts, folders.cacheDir, {
      state: 'missing',
      fix: 'the servers run from there: set HOMELAB_CACHE_DIR to a folder on a disk without "noexec"',
    }),
    checkExecutable('Libraries of Kafka', mounts, folders.checkoutDir, {
      state: 'warning',
      fix: 'Kafka unpacks Snappy and ZSTD there and will refuse such records: move the checkout to a disk without "noexec"',
    }),
  ];
}

/**
 * Whether programs and libraries in a folder may be executed.
 * @param mounts the text of `/proc/self/mountinfo`
 */
export function checkExecutable(
  subject: string,
  mounts: string,
  folder: string,
  otherwise: Pick<Finding, 'state' | 'fix'>,
): Finding {
  const above = mounts
    .split('\n')
    .map(line => line.split(' '))
    .map(([, , , , point = '', options = '']) => ({
      point: point.replaceAll('\\040', ' '),
      options: options.split(','),
    }))
    .filter(({ point }) => `${folder}/`.startsWith(point.replace(/\/*$/, '/')))
    .sort((one, other) => one.point.length - other.point.length);
  // Of two mounts at the same place, the later hides the earlier.
  const mount = above.at(-1);
  return mount?.options.includes('noexec')
    ? { subject, found: `${mount.point} is mounted "noexec"`, ...otherwise }
    : { subject, state: 'ok', found: `${folder} may execute` };
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function inGigabytes(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GB`;
}
