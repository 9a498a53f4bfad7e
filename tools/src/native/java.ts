import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import type { Report } from './cache.ts';
import { requireDebian } from './debian-mirror.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { findProgram } from './find-program.ts';
import { runProgram } from './run-program.ts';

/** The oldest Java for Kafka. */
export const leastJavaVersion = 17;

/** How to call Maven. */
export interface MavenCommand {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** The major version in the output of `java -version`, or `undefined`. */
export function parseJavaVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}

/** The machine's own Java with its major version, or `undefined` when there is none that runs. */
export async function findJava(): Promise<
  { path: string; version: number } | undefined
> {
  const path = findProgram('java');
  if (path === undefined) return undefined;
  const output = await runProgram({
    command: 'sh',
    args: ['-c', '"$0" -version 2>&1', path],
    purpose: 'Asking Java for its version',
  }).catch(() => '');
  const version = parseJavaVersion(output);
  return version === undefined ? undefined : { path, version };
}

/** Gives a Java that can run Kafka: the machine's own when new enough, else Debian's in the cache. */
export async function ensureJava(
  cacheDir: string,
  report: Report,
): Promise<string> {
  const own = await findJava();
  if (own !== undefined && own.version >= leastJavaVersion) return own.path;
  return join(await ensureJavaRoot(cacheDir, report), jreFolder(), 'bin/java');
}

/** Gives the machine's own Maven, else Debian's in the cache. */
export async function ensureMaven(
  cacheDir: string,
  report: Report,
): Promise<MavenCommand> {
  const own = findProgram('mvn');
  if (own !== undefined && findProgram('java') !== undefined)
    return { command: own, args: [] };
  const root = await ensureJavaRoot(cacheDir, report);
  return {
    command: 'sh',
    args: [join(root, 'usr/share/maven/bin/mvn')],
    env: { JAVA_HOME: join(root, jreFolder()) },
  };
}

function jreFolder(): string {
  return `usr/lib/jvm/java-21-openjdk-${requireDebian().name}`;
}

/** Java and Maven are fetched together: a machine without one seldom has the other. */
async function ensureJavaRoot(
  cacheDir: string,
  report: Report,
): Promise<string> {
  const jre = jreFolder();
  return ensureDebianRoot(
    cacheDir,
    {
      name: 'java',
      title: 'Java 21 and Maven',
      packages: ['openjdk-21-jre-headless', 'maven', 'openssl'],
      programs: [`${jre}/bin`, `${jre}/lib/jspawnhelper`],
      finish: trustCertificates,
    },
    report,
  );
}

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Gives the private Java the certificates that this machine trusts, as installing its package would. */
async function trustCertificates(root: string): Promise<void> {
  if (!existsSync(certificates)) {
    throw new HomelabError(
      'missing-program',
      `Java needs the machine's certificates in ${certificates}: install the package ca-certificates.`,
    );
  }
  const { triplet, loader } = requireDebian();
  const libraries = join(root, 'usr/lib', triplet);
  const store = join(root, jreFolder(), 'lib/security/cacerts');
  await rm(store, { force: true });
  await runProgram({
    command: join(libraries, loader),
    args: [
      ...['--library-path', libraries, join(root, 'usr/bin/openssl')],
      ...['pkcs12', '-export', '-nokeys', '-in', certificates, '-out', store],
      // Java only trusts entries with this attribute, and opens its store without a password.
      ...['-jdktrust', 'anyExtendedKeyUsage', '-passout', 'pass:'],
      ...['-certpbe', 'NONE', '-nomac'],
    ],
    purpose: 'Giving Java the certificates of this machine',
  });
  await chmod(store, 0o644);
}
