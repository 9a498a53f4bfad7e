import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCached, type Report } from '../../native/cache.ts';
import type { MavenCommand } from '../../native/java.ts';
import { runProgram } from '../../native/run-program.ts';

const pom = join(import.meta.dirname, 'pom.xml');

/**
 * Returns the folder with the jars of Apache Kafka, which Maven fetches if they are not cached.
 * `maven` is only called then.
 */
export async function ensureKafkaJars(
  cacheDir: string,
  maven: () => Promise<MavenCommand>,
  report: Report,
): Promise<string> {
  const recipe = { pom: await readFile(pom, 'utf8'), method: 1 };
  const root = await ensureCached(cacheDir, {
    name: 'kafka',
    recipe,
    build: async ({ buildDir }) => {
      const { command, args, env } = await maven();
      report('Apache Kafka: downloading 45 jars with Maven, 43 MB');
      await copyFile(pom, join(buildDir, 'pom.xml'));
      const repository = join(buildDir, 'repository');
      await runProgram({
        command,
        args: [
          ...args,
          '--quiet',
          '--batch-mode',
          `-Dmaven.repo.local=${repository}`,
          'dependency:copy-dependencies',
          '-DoutputDirectory=libs',
        ],
        cwd: buildDir,
        env,
        purpose: 'Downloading Apache Kafka with Maven',
      });
      await rm(repository, { recursive: true });
    },
  });
  return join(root, 'libs');
}
