import { readFileSync } from 'node:fs';
import { z } from 'zod';

const stateSchema = z.object({
  processes: z.array(
    z.object({
      name: z.string(),
      identity: z.object({ pid: z.number() }).optional(),
    }),
  ),
});

/** The id of a process of the stack under test, by its name in `./homelab status`. */
export function pidOf(name: string): number {
  const path = process.env.HOMELAB_TEST_RUN_STATE;
  if (!path)
    throw new Error(
      'The browser tests need the whole system: start both with `./homelab test e2e`.',
    );
  const { processes } = stateSchema.parse(
    JSON.parse(readFileSync(path, 'utf8')),
  );
  const pid = processes.find(one => one.name === name)?.identity?.pid;
  if (pid === undefined) throw new Error(`The process ${name} does not run.`);
  return pid;
}
