import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homelabFolder } from '../folders.ts';
import { openRun, type Run } from '../runner/run.ts';
import { runIdVariable } from '../runner/clean-up.ts';
import type { HomelabFolders } from '../runner/process-spec.ts';

/** The workspace of one run of tests or measurements: an open run, reports and logs in the checkout, the servers' files in a temporary folder. */
export interface TestWorkspace {
  readonly run: Run;
  readonly root: string;
  /** The JSON reports of the test runners; kept until the next run. */
  readonly reports: string;
  /** Folders for a new, empty stack; its logs are kept until the next run. */
  stackFolders(name: string): HomelabFolders;
  /** Ends every process of the run and deletes the temporary folder. */
  close(): Promise<void>;
}

/**
 * Opens the workspace of a run in this checkout, and clears that of an earlier one.
 * @throws HomelabError `already-running` while another such run is under way
 */
export async function openTestWorkspace(
  root: string,
  kind: 'test' | 'bench' = 'test',
): Promise<TestWorkspace> {
  const base = join(homelabFolder(root), kind);
  const runFolder = join(base, 'run');
  const run = await openRun({
    runFolder,
    portOffset: 0,
    report: message => process.stdout.write(`${message}\n`),
    describeBusy: owner =>
      `Another ${kind} run of this checkout is under way${owner}. Wait for it, or interrupt it.`,
  });
  // Test runners and their processes inherit it, so that none of them is left behind.
  process.env[runIdVariable] = run.runId;
  const [reports, logs] = [join(base, 'reports'), join(base, 'logs')];
  for (const folder of [reports, logs]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const temporary = createTemporaryFolder(join(base, 'temporary-folder'));
  return {
    run,
    root,
    reports,
    stackFolders: name => ({
      root,
      secrets: join(temporary, name, 'secrets'),
      data: join(temporary, name, 'data'),
      config: join(temporary, name, 'config'),
      logs: join(logs, name),
      run: runFolder,
    }),
    async close() {
      await run.close();
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** A new folder that servers running as another user can enter; deletes that of the last run if it still exists. */
function createTemporaryFolder(noteFile: string): string {
  const prefix = join(tmpdir(), 'homelab-test-');
  try {
    const earlier = readFileSync(noteFile, 'utf8');
    if (earlier.startsWith(prefix))
      rmSync(earlier, { recursive: true, force: true });
  } catch {
    // No earlier run.
  }
  const folder = mkdtempSync(prefix);
  chmodSync(folder, 0o755);
  writeFileSync(noteFile, folder);
  return folder;
}
