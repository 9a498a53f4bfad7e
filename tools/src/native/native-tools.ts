import { join } from 'node:path';
import { createCacheDir, type Report } from './cache.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { ensureJava, ensureMaven } from './java.ts';
import { ensureKafkaJars } from './kafka-jars.ts';
import { ensureTechdocsVenv } from './python-venv.ts';

/** Absolute paths of the real servers and programs that the stack runs. */
export interface NativeTools {
  mosquitto: string;
  mosquittoPasswd: string;
  mosquittoPub: string;
  mosquittoSub: string;
  /** PostgreSQL's own programs: postgres, initdb, pg_isready, pg_dump … */
  postgresBinDir: string;
  initdb: string;
  psql: string;
  java: string;
  /** The jars of Apache Kafka. */
  kafkaLibsDir: string;
  /** To be put on the portal's PATH: mkdocs with the TechDocs plugin. */
  techdocsBinDir: string;
}

const postgresBin = 'usr/lib/postgresql/17/bin';

/** PostgreSQL with TimescaleDB, and Mosquitto: one private Debian root. */
const serversRecipe = {
  name: 'servers',
  title: 'PostgreSQL 17 + TimescaleDB, Mosquitto',
  packages: ['postgresql-17-timescaledb', 'mosquitto', 'mosquitto-clients'],
  programs: [
    postgresBin,
    'usr/sbin/mosquitto',
    'usr/bin/mosquitto_passwd',
    'usr/bin/mosquitto_pub',
    'usr/bin/mosquitto_sub',
  ],
};

/**
 * Makes sure that every server is in the cache and gives their paths. What is missing is
 * downloaded, the independent parts at the same time; what is there costs a few milliseconds.
 * @throws HomelabError in one sentence: not Debian, no network, full disk, missing Python …
 */
export async function ensureNativeTools(deps: {
  cacheDir: string;
  report: Report;
}): Promise<NativeTools> {
  const { cacheDir, report } = deps;
  await createCacheDir(cacheDir);
  const parts = [
    ensureDebianRoot(cacheDir, serversRecipe, report),
    ensureJava(cacheDir, report),
    ensureKafkaJars(cacheDir, () => ensureMaven(cacheDir, report), report),
    ensureTechdocsVenv(cacheDir, report),
  ] as const;
  // When one part fails, what the others downloaded still reaches the cache.
  await Promise.allSettled(parts);
  const [root, java, kafkaLibsDir, techdocsBinDir] = await Promise.all(parts);
  return {
    mosquitto: join(root, 'usr/sbin/mosquitto'),
    mosquittoPasswd: join(root, 'usr/bin/mosquitto_passwd'),
    mosquittoPub: join(root, 'usr/bin/mosquitto_pub'),
    mosquittoSub: join(root, 'usr/bin/mosquitto_sub'),
    postgresBinDir: join(root, postgresBin),
    initdb: join(root, postgresBin, 'initdb'),
    psql: join(root, postgresBin, 'psql'),
    java,
    kafkaLibsDir,
    techdocsBinDir,
  };
}
