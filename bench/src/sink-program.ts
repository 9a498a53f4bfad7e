import { sinkEnv } from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';
import { startService } from './service-under-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';

/** Our sink, started as in production. */
export function ourSink(
  stack: StackOptions,
  env: Readonly<Record<string, string>> = {},
): { start(): Promise<MeasuredProcess> } {
  return {
    start: () =>
      startService({
        root: stack.folders.root,
        name: 'timescale-sink',
        opsPort: stack.ports.sinkOps,
        env: { ...sinkEnv(stack), ...env },
      }),
  };
}
