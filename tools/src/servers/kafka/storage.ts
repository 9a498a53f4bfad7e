import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../../homelab-error.ts';
import { runProgram } from '../../native/run-program.ts';
import { serverUser } from '../../native/server-user.ts';

/**
 * Formats the data folder for the cluster id of the secrets, once.
 * @throws HomelabError `broken-state` when it was formatted for another id
 */
export async function formatStorage(
  { java, clusterId }: { java: string; clusterId: string },
  paths: {
    dataDir: string;
    properties: string;
    logging: string;
    classPath: string;
  },
): Promise<void> {
  const meta = join(paths.dataDir, 'meta.properties');
  if (existsSync(meta)) {
    const formattedFor = /^cluster\.id=(.*)$/m.exec(
      await readFile(meta, 'utf8'),
    )?.[1];
    if (formattedFor === clusterId) return;
    throw new HomelabError(
      'broken-state',
      `Kafka's data in ${paths.dataDir} belongs to other secrets than those of this checkout: restore the secrets, or run "./homelab reset", which deletes all stored data.`,
    );
  }
  // Left by an interrupted format; Kafka refuses an incomplete folder.
  await rm(join(paths.dataDir, 'bootstrap.checkpoint'), { force: true });
  await runProgram({
    command: java,
    args: [
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      `-Dlog4j2.configurationFile=${paths.logging}`,
      ...['-cp', paths.classPath, 'kafka.tools.StorageTool', 'format'],
      ...['-t', clusterId, '-c', paths.properties],
    ],
    runAs: serverUser(),
    cwd: paths.dataDir,
    purpose: 'Formatting the storage of Kafka',
  });
}
