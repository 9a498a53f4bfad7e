/** For workspaces that run the same servers for other purposes, such as `bench/`. */
export { checkoutRoot } from './folders.ts';
export { describeError, HomelabError } from './homelab-error.ts';
export { listenForInterruption } from './interruption.ts';
export { defaultCacheDir } from './native/cache.ts';
export { ensurePythonVenv } from './native/python-venv.ts';
export { runProgram } from './native/run-program.ts';
export { giveTo, serverUser, writePrivateFile } from './native/server-user.ts';
export { runCommandLine } from './run-command-line.ts';
export { readCpuSeconds, readMemoryKib } from './runner/proc-table.ts';
export { waitForProbe } from './runner/readiness.ts';
export { mosquitto } from './servers/mosquitto/index.ts';
export { serverProcesses } from './stack.ts';
export type { StackOptions } from './stack-options.ts';
export {
  apiEnv,
  bridgeEnv,
  liveEnv,
  preparationProcesses,
  sinkEnv,
} from './stack-services.ts';
export { openTestWorkspace } from './testing/test-workspace.ts';
export { findFreePort, withStack } from './testing/with-stack.ts';
