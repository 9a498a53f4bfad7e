import { servers, type ServerPrograms } from '../servers/index.ts';
import type { Server } from '../servers/server.ts';
import { createCacheDir, type Report } from './cache.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { ensureTechdocsVenv } from './python-venv.ts';

/** Absolute paths of the real servers and programs that the stack runs. */
export type NativeTools = ServerPrograms & {
  /** To be put on the portal's PATH: mkdocs with the TechDocs plugin. */
  techdocsBinDir: string;
};

/**
 * Ensures that every server is in the cache and returns their paths. Downloads what is missing,
 * independent parts in parallel; cached parts cost a few milliseconds.
 * @throws HomelabError in one sentence: not Debian, no network, full disk, missing Python …
 */
export async function ensureNativeTools(deps: {
  cacheDir: string;
  report: Report;
  servers?: readonly Server[];
}): Promise<NativeTools> {
  const { cacheDir, report, servers: list = servers } = deps;
  await createCacheDir(cacheDir);
  const debianRoot = ensureServersRoot(cacheDir, list, report);
  const techdocs = ensureTechdocsVenv(cacheDir, report);
  const installs = list.map(server =>
    server.install({ debianRoot, cacheDir, report }),
  );
  // When one part fails, the downloads of the others still reach the cache.
  await Promise.allSettled([debianRoot, techdocs, ...installs]);
  const [techdocsBinDir, ...programs] = await Promise.all([
    techdocs,
    ...installs,
  ]);
  return Object.assign({ techdocsBinDir }, ...programs) as NativeTools;
}

/** One private Debian root for all servers, because most of it is shared libraries. */
function ensureServersRoot(
  cacheDir: string,
  list: readonly Server[],
  report: Report,
): Promise<string> {
  const parts = list.flatMap(({ debian }) => debian ?? []);
  return ensureDebianRoot(
    cacheDir,
    {
      name: 'servers',
      title: parts.map(({ title }) => title).join(', '),
      packages: parts.flatMap(({ packages }) => packages).sort(),
      programs: parts.flatMap(({ programs }) => programs).sort(),
    },
    report,
  );
}
