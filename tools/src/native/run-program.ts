import { spawn } from 'node:child_process';
import { HomelabError, isFullDisk } from '../homelab-error.ts';
import { findProgram } from './find-program.ts';

/** A program to run to its end. */
export interface ProgramCall {
  command: string;
  args: readonly string[];
  /** What it is for, as the subject of an error sentence: "Downloading Debian packages". */
  purpose: string;
  cwd?: string;
  /** Added to the environment; `undefined` removes a variable. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Run as this user; only root can ask for it. */
  runAs?: { uid: number; gid: number };
  /** Written to its standard input; by default the input is empty. */
  input?: string;
}

const keptOutputBytes = 64 * 1024;
/** No step takes this long, even over a slow connection. */
const limitSeconds = '3600';

/**
 * Runs a program quietly and gives its standard output as text.
 * The program and what it started die with this process, however this process ends.
 * @throws HomelabError with the cause in one sentence when the program is missing or fails.
 */
export async function runProgram(call: ProgramCall): Promise<string> {
  // Checked here, because setpriv would report it less clearly.
  if (!call.command.includes('/') && findProgram(call.command) === undefined)
    throw missingProgram(call);
  const [command, args] = dieWithParent(call);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: call.cwd,
      env: { ...process.env, ...call.env },
      stdio: [call.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let tail = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      tail = (tail + text).slice(-keptOutputBytes);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-keptOutputBytes);
    });
    // A program that ends without reading its input is judged by its exit code, not by EPIPE.
    child.stdin?.on('error', () => undefined).end(call.input);
    child.on('error', error => reject(startFailure(call, error)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(programFailure(call, tail, signal ?? `exit code ${code}`));
    });
  });
}

/**
 * setpriv has the kernel end its program when we die; timeout passes that on to the program's
 * children (pip, tar …), and ends hanging ones. Both are part of every Debian.
 */
function dieWithParent(call: ProgramCall): [string, string[]] {
  const own = [call.command, ...call.args];
  const bounded = ['timeout', '--kill-after=10', limitSeconds, ...own];
  const identity = call.runAs
    ? [
        `--reuid=${call.runAs.uid}`,
        `--regid=${call.runAs.gid}`,
        '--clear-groups',
      ]
    : [];
  return ['setpriv', [...identity, '--pdeathsig=TERM', '--', ...bounded]];
}

function missingProgram(call: ProgramCall): HomelabError {
  return new HomelabError(
    'missing-program',
    `${call.purpose} needs the program "${call.command}", which is not installed: "./homelab doctor" says how to get it.`,
  );
}

function startFailure(call: ProgramCall, error: Error): HomelabError {
  return new HomelabError(
    'step-failed',
    `${call.purpose} failed: ${error.message}.`,
    { cause: error },
  );
}

/**
 * Turns the last output of a failed program into one sentence that says how to fix it,
 * followed by the output lines with the cause.
 */
export function programFailure(
  call: Pick<ProgramCall, 'command' | 'purpose'>,
  output: string,
  ending: string,
): HomelabError {
  const why = reasonIn(output);
  if (isFullDisk(new Error(output))) {
    return new HomelabError(
      'full-disk',
      `${call.purpose} failed because the disk is full: free some space (about 6 GB are needed in all) and run the command again.`,
    );
  }
  const fix = fixFor(output) ?? `${call.command} ended with ${ending}`;
  return new HomelabError(
    'step-failed',
    `${call.purpose} failed: ${fix}.${why ? `\n${why}` : ''}`,
  );
}

const networkFailure =
  /temporary failure (in name )?resol|could not resolve|name or service not known|unknown host|network is unreachable|connection (refused|timed out|reset)|no route to host|failed to establish a new connection|cannot initiate the connection|could not connect/i;
const refusal =
  /\b(401|403|407)\b[^\n]*(unauthorized|forbidden|denied|authentication)|status code:? (401|403|407)|E40[13]\b/i;

/** The fix, when the output names a known cause. */
function fixFor(output: string): string | undefined {
  if (networkFailure.test(output)) {
    return 'the package registry cannot be reached: check the network connection and the proxy settings, then run the command again';
  }
  if (refusal.test(output)) {
    return 'the package registry refused the request: check the mirror or the credentials that this machine is configured with';
  }
  return undefined;
}

/** The lines that look like errors, at most 8; without any, the last 8 lines. */
function reasonIn(output: string): string {
  const lines = output
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '');
  const errors = lines.filter(line =>
    /^(E:|Err:|\[ERROR\]|ERROR|error|fatal|FATAL)/.test(line),
  );
  return (errors.length > 0 ? errors.slice(0, 8) : lines.slice(-8))
    .map(line => `  ${line}`)
    .join('\n');
}
