import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import { ensureCached, type Report } from './cache.ts';
import { runProgram } from './run-program.ts';

/**
 * Gives the `bin` folder of a Python environment with mkdocs and TechDocs' plugin,
 * to be put on the portal's PATH.
 * @throws HomelabError when Python or its venv module is missing.
 */
export function ensureTechdocsVenv(
  cacheDir: string,
  report: Report,
): Promise<string> {
  return ensurePythonVenv(cacheDir, {
    name: 'techdocs',
    packages: ['mkdocs-techdocs-core==1.7.1'],
    purpose: 'Building the documentation (TechDocs)',
    report,
  });
}

/**
 * Gives the path of schemathesis, which tests an API against its OpenAPI document.
 * @throws HomelabError when Python or its venv module is missing.
 */
export async function ensureSchemathesis(
  cacheDir: string,
  report: Report,
): Promise<string> {
  const binDir = await ensurePythonVenv(cacheDir, {
    name: 'schemathesis',
    packages: ['schemathesis==4.32.5'],
    purpose: 'Testing the API against its document (schemathesis)',
    report,
  });
  return join(binDir, 'schemathesis');
}

/**
 * Gives the `bin` folder of a cached Python environment that holds these packages.
 * @throws HomelabError when Python or its venv module is missing, or pip fails.
 */
export async function ensurePythonVenv(
  cacheDir: string,
  wanted: {
    /** Its name in the cache. */
    name: string;
    /** As pip takes them, each with its version. */
    packages: readonly string[];
    /** What it is needed for, as named in errors. */
    purpose: string;
    report: Report;
  },
): Promise<string> {
  const { name, packages, purpose, report } = wanted;
  // An environment works only with the interpreter that made it.
  const python = await describePython(purpose);
  const root = await ensureCached(cacheDir, {
    name,
    recipe: { packages, python, method: 1 },
    build: async ({ buildDir, finalDir }) => {
      report(`${purpose}: installing ${packages.join(', ')} with pip`);
      await createVenv(buildDir);
      await runProgram({
        command: join(buildDir, 'bin/python3'),
        args: [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--no-cache-dir',
          '--disable-pip-version-check',
          ...packages,
        ],
        purpose: `Installing ${packages.join(', ')} with pip`,
      });
      await moveScripts(join(buildDir, 'bin'), buildDir, finalDir);
    },
  });
  return join(root, 'bin');
}

function describePython(purpose: string): Promise<string> {
  return runProgram({
    command: 'python3',
    args: ['-c', 'import sys; print(sys.base_prefix, sys.version)'],
    purpose,
  });
}

async function createVenv(folder: string): Promise<void> {
  try {
    await runProgram({
      command: 'python3',
      args: ['-m', 'venv', folder],
      purpose: 'Creating a Python environment',
    });
  } catch (error) {
    if (!/ensurepip|No module named venv/.test(String(error))) throw error;
    throw new HomelabError(
      'missing-program',
      'Python has no venv module: install the package python3-venv.',
      { cause: error },
    );
  }
}

/** The scripts of an environment name its interpreter by absolute path: rewrites that to the final one. */
async function moveScripts(
  binDir: string,
  from: string,
  to: string,
): Promise<void> {
  for (const entry of await readdir(binDir, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(binDir, entry.name);
    const text = await readFile(path, 'utf8');
    if (text.includes(from)) await writeFile(path, text.replaceAll(from, to));
  }
}
