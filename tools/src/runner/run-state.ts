import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { HomelabError, systemCodeOf } from '../homelab-error.ts';

const identitySchema = z.object({
  pid: z.number().int().positive(),
  startTicks: z.number().int().nonnegative(),
});

// Another version may have written the file: words unknown here must not keep
// this version from finding and ending its processes.
const signalSchema = z
  .custom<NodeJS.Signals>(
    value => typeof value === 'string' && value in constants.signals,
  )
  .catch('SIGTERM');

const processStatusSchema = z.enum([
  'waiting',
  'preparing',
  'starting',
  'ready',
  'completed',
  'restarting',
  'stopping',
  'stopped',
  'failed',
]);

const processStateSchema = z.object({
  name: z.string(),
  status: processStatusSchema.catch('starting'),
  identity: identitySchema.optional(),
  stopSignal: signalSchema,
  restarts: z.number().int().nonnegative().catch(0),
  /** ISO time of the last start. */
  startedAt: z.string().optional(),
  ports: z
    .array(z.object({ label: z.string(), port: z.number().int() }))
    .catch([]),
  logFile: z.string().catch(''),
});

const runStateSchema = z.object({
  version: z.number().int(),
  runId: z.string().min(8),
  bootId: z.string(),
  phase: z
    .enum(['preparing', 'starting', 'running', 'stopping'])
    .catch('running'),
  startedAt: z.string().catch(''),
  portOffset: z.number().int().catch(0),
  supervisor: identitySchema,
  processes: z.array(processStateSchema),
});

/** Pid and start time: names one process, even after the pid is used again. */
export type ProcessIdentity = z.infer<typeof identitySchema>;
export type ProcessStatus = z.infer<typeof processStatusSchema>;
export type ProcessState = z.infer<typeof processStateSchema>;
/** What `run/state.json` holds while a stack runs, and after its supervisor was killed. */
export type RunState = z.infer<typeof runStateSchema>;

/** The state file of the run in this folder. */
export function stateFile(runFolder: string): string {
  return join(runFolder, 'state.json');
}

/**
 * The state of the run in this folder.
 * @returns undefined when nothing runs
 * @throws HomelabError `broken-state` when the file cannot be understood
 */
export function readRunState(runFolder: string): RunState | undefined {
  const path = stateFile(runFolder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = runStateSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new HomelabError(
    'broken-state',
    `${path} is damaged, so it is unknown what runs. Look for processes of this checkout with "ps -ef", end them, and delete the file.`,
  );
}

/** Replaces the whole state file at once, so that a reader never sees half of it. */
export function writeRunState(runFolder: string, state: RunState): void {
  const path = stateFile(runFolder);
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, path);
}

/** Records that nothing is running any more. */
export function removeRunState(runFolder: string): void {
  rmSync(`${stateFile(runFolder)}.new`, { force: true });
  rmSync(stateFile(runFolder), { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
