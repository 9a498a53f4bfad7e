import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCacheDir, type Report } from './cache.ts';
import { requireDebian } from './debian-mirror.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { findProgram } from './find-program.ts';

/** A browser for tests. */
export interface Browser {
  /** For Playwright's `executablePath`. */
  executable: string;
  /** To be added to the environment it is launched in. */
  env: Readonly<Record<string, string>>;
}

const fontsConfig = 'etc/fonts/homelab.conf';

/**
 * Gives a Chromium for tests: the machine's own, else Debian's headless one in the cache.
 * @throws HomelabError in one sentence when it cannot be fetched.
 */
export async function ensureBrowser(deps: {
  cacheDir: string;
  report: Report;
}): Promise<Browser> {
  const own = findProgram('chromium') ?? findProgram('google-chrome');
  if (own !== undefined) return { executable: own, env: {} };
  const { triplet } = requireDebian();
  await createCacheDir(deps.cacheDir);
  const root = await ensureDebianRoot(
    deps.cacheDir,
    {
      name: 'browser',
      title: 'Chromium for the browser tests',
      packages: ['chromium-headless-shell', 'fonts-dejavu-core'],
      programs: ['usr/lib/chromium'],
      finish: writeFontsConfig,
    },
    deps.report,
  );
  return {
    executable: join(root, 'usr/lib/chromium/chromium-headless-shell'),
    env: {
      FONTCONFIG_FILE: join(root, fontsConfig),
      // The sound library looks for its modules only where they would be installed.
      LD_LIBRARY_PATH: join(root, 'usr/lib', triplet, 'pulseaudio'),
    },
  };
}

/** A minimal machine has no fonts, and without any the browser draws no text. */
async function writeFontsConfig(root: string, finalDir: string): Promise<void> {
  await writeFile(
    join(root, fontsConfig),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${finalDir}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${finalDir}/var/cache/fontconfig</cachedir>
</fontconfig>
`,
  );
}
