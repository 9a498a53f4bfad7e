/**
 * Downloads the servers into the cache while the JavaScript packages are being installed, so it
 * must import none of them. Usage: prefetch.ts COMMAND, where `test` also wants a browser and schemathesis.
 * Exits with 1 silently when it fails: the command itself retries and reports the cause.
 */
import { ensureBrowser } from './browser.ts';
import { defaultCacheDir } from './cache.ts';
import { ensureNativeTools } from './native-tools.ts';
import { ensureSchemathesis } from './python-venv.ts';

async function main(command: string | undefined): Promise<void> {
  const deps = {
    cacheDir: defaultCacheDir(),
    report: (line: string) => process.stderr.write(`${line}\n`),
  };
  const wanted: Promise<unknown>[] = [ensureNativeTools(deps)];
  if (command === 'test') {
    wanted.push(
      ensureBrowser(deps),
      ensureSchemathesis(deps.cacheDir, deps.report),
    );
  }
  const results = await Promise.allSettled(wanted);
  const failed = results.some(({ status }) => status === 'rejected');
  process.exitCode = failed ? 1 : 0;
}

void main(process.argv[2]);
