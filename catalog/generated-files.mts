import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** The files a generator makes: absolute path and content. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/**
 * Writes generated files or, with `--check`, only compares them. Prints one line per
 * file that differs.
 *
 * @returns the exit code: 1 when `--check` found a file missing or stale
 */
export function writeOrCheck(
  files: GeneratedFiles,
  options: { arguments: readonly string[]; command: string },
): number {
  const check = options.arguments.includes('--check');
  const wrong = options.arguments.find(argument => argument !== '--check');
  if (wrong !== undefined) {
    console.error(`Unknown argument '${wrong}'; only --check is understood.`);
    return 2;
  }
  let stale = 0;
  for (const [path, content] of files) {
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
    stale += 1;
    const shown = relative(process.cwd(), path);
    if (check) {
      console.error(`${shown} is stale; run: ${options.command}`);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`wrote ${shown}`);
  }
  return check && stale > 0 ? 1 : 0;
}
