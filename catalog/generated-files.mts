import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** The files that a generator writes: absolute path and content. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Formats the content as the repository's formatter does, so that both agree. */
async function formatted(path: string, content: string): Promise<string> {
  return format(content, {
    ...(await resolveConfig(path)),
    filepath: path,
  });
}

/**
 * Writes generated files or, with `--check`, only compares them. Prints one line per
 * file that differs.
 *
 * @returns the exit code: 1 when `--check` found a file missing or stale
 */
export async function writeOrCheck(
  files: GeneratedFiles,
  options: { arguments: readonly string[]; command: string },
): Promise<number> {
  const check = options.arguments.includes('--check');
  const wrong = options.arguments.find(argument => argument !== '--check');
  if (wrong !== undefined) {
    console.error(`Unknown argument '${wrong}'; only --check is understood.`);
    return 2;
  }
  let stale = 0;
  for (const [path, raw] of files) {
    const content = await formatted(path, raw);
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
