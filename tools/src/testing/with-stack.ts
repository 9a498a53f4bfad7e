import { createServer } from 'node:net';
import { freePorts } from '../ports.ts';
import type { ProcessSpec } from '../runner/process-spec.ts';
import type { StackOptions } from '../stack-options.ts';
import { startStack } from '../stack-run.ts';
import type { TestWorkspace } from './test-workspace.ts';

/** The options of a temporary stack. */
export interface StackContext {
  workspace: TestWorkspace;
  stopSignal: AbortSignal;
  killSignal: AbortSignal;
  report: (message: string) => void;
}

/** Starts real servers on free ports for the duration of `use`, in the same way as `up`. */
export async function withStack<T>(
  context: StackContext,
  name: string,
  processes: (options: StackOptions) => ProcessSpec[],
  use: (options: StackOptions) => Promise<T>,
): Promise<T> {
  const { workspace, report } = context;
  report(`  starting the servers (${name})`);
  const stack = await startStack({
    run: workspace.run,
    folders: workspace.stackFolders(name),
    ports: await freePorts(findFreePort),
    portOffset: 0,
    processes,
    report,
    // Their output is in their log files.
    output: () => line => {
      if (line.event) report(`  ${line.process}: ${line.text}`);
    },
    stopSignal: context.stopSignal,
    killSignal: context.killSignal,
  });
  try {
    const failed = stack.failed.then(error => {
      throw error;
    });
    return await Promise.race([use(stack.options), failed]);
  } finally {
    await stack.stop();
  }
}

/** A port that is currently free. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  const address = server.address();
  await new Promise<void>(done => server.close(() => done()));
  if (address === null || typeof address === 'string')
    throw new Error('The system gave no port.');
  return address.port;
}
