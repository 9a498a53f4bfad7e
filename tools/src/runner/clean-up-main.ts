/** Run by the watchdog: `clean-up-main.ts <run folder> <run id>` ends what that run left behind. */
import { cleanUpDeadRun } from './clean-up.ts';
import { readRunState, removeRunState } from './run-state.ts';

async function main(runFolder: string, runId: string): Promise<void> {
  const state = readRunState(runFolder);
  // A new run may have started already, and cleaned up itself.
  if (state?.runId !== runId) return;
  await cleanUpDeadRun(state);
  if (readRunState(runFolder)?.runId === runId) removeRunState(runFolder);
}

const [runFolder, runId] = process.argv.slice(2);
if (runFolder !== undefined && runId !== undefined) void main(runFolder, runId);
