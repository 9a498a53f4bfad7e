import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../../homelab-error.ts';
import { runProgram } from '../../native/run-program.ts';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../../native/server-user.ts';

/** The major version whose data folders these are. */
export const postgresVersion = '17';

/**
 * Creates the data folder with one rename, so that an interrupted initdb does not count.
 * It already contains the database, because pg_cron needs it at the first start.
 */
export async function initialise(options: {
  /** The folder of PostgreSQL's programs. */
  binDir: string;
  database: string;
  superuserPassword: string;
  configDir: string;
  dataDir: string;
}): Promise<void> {
  const { binDir, database, superuserPassword, configDir, dataDir } = options;
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(
    () => undefined,
  );
  if (version !== undefined) return requireVersion(version.trim(), dataDir);
  const user = serverUser();
  const draftDir = `${dataDir}.new`;
  await rm(draftDir, { recursive: true, force: true });
  await createPrivateFolder(draftDir, user);
  const passwordFile = join(configDir, 'superuser-password');
  try {
    await writePrivateFile(passwordFile, `${superuserPassword}\n`, user);
    await runProgram({
      command: join(binDir, 'initdb'),
      args: [
        `--pgdata=${draftDir}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same sort order everywhere, whatever locales the machine has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        // The folder only gets its final name after this succeeded.
        '--no-sync',
      ],
      cwd: draftDir,
      runAs: user,
      purpose: 'Creating the database folder',
    });
    await runProgram({
      command: join(binDir, 'postgres'),
      args: ['--single', '-D', draftDir, 'postgres'],
      input: `CREATE DATABASE "${database}";\n`,
      cwd: draftDir,
      runAs: user,
      purpose: 'Creating the database',
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
  await rename(draftDir, dataDir);
}

/** PostgreSQL would only print that the files are incompatible. */
function requireVersion(version: string, dataDir: string): void {
  if (version === postgresVersion) return;
  throw new HomelabError(
    'broken-state',
    `The database in ${dataDir} belongs to PostgreSQL ${version}, but this is PostgreSQL ${postgresVersion}. Go back to the version of Homelab that created it, or run "./homelab reset", which deletes all stored data.`,
  );
}

/**
 * Removes the pid file of a server that was killed. PostgreSQL itself keeps it when another
 * process got the number meanwhile, and then would not start.
 * @throws HomelabError when that server still runs.
 */
export async function clearStalePid(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
    () => '',
  );
  if (/^\S*postgres\0/.test(command)) {
    throw new HomelabError(
      'already-running',
      `PostgreSQL (process ${pid}) is still running on ${dataDir}: stop it with "./homelab down", or with "kill -INT ${pid}".`,
    );
  }
  await rm(file, { force: true });
}
