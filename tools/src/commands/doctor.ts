/**
 * Reports what this machine has and lacks, and how to get it; exits with 1 when something essential
 * is missing. A separate program without package imports, because it must work before any are
 * installed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutFolders, checkoutRoot, homelabFolder } from '../folders.ts';
import { defaultCacheDir } from '../native/cache.ts';
import { examineMachine, type Finding } from '../native/doctor-checks.ts';
import { labelPorts, portsAt } from '../ports.ts';
import { runIdVariable } from '../runner/clean-up.ts';
import { readEnvironment } from '../runner/proc-table.ts';
import { findUsedPorts, type UsedPort } from '../runner/used-ports.ts';

const marks: Record<Finding['state'], string> = {
  ok: 'ok',
  fetched: 'fetched',
  warning: 'warning',
  missing: 'MISSING',
};

async function main(): Promise<void> {
  const findings = [
    ...(await examineMachine({
      cacheDir: defaultCacheDir(),
      checkoutDir: checkoutRoot,
    })),
    await checkPorts(),
  ];
  process.stdout.write(renderFindings(findings));
  const missing = findings.filter(({ state }) => state === 'missing');
  process.stdout.write(
    missing.length === 0
      ? '\nThis machine can run the stack: ./homelab up\n'
      : `\n${missing.length} essential thing${missing.length > 1 ? 's are' : ' is'} missing; see the lines marked ${marks.missing}.\n`,
  );
  process.exitCode = missing.length === 0 ? 0 : 1;
}

function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return findings
    .flatMap(({ subject, state, found, fix }) => [
      `${marks[state].padEnd(8)} ${subject.padEnd(width)}  ${found}\n`,
      ...(fix ? [`${' '.repeat(9 + width)}  -> ${fix}\n`] : []),
    ])
    .join('');
}

async function checkPorts(): Promise<Finding> {
  const subject = 'Ports';
  const ports = portsAt(portOffset());
  const wanted = labelPorts(ports);
  const own = runningStackId();
  const foreign = (await findUsedPorts(wanted)).filter(
    used => own === undefined || !belongsTo(used, own),
  );
  if (foreign.length === 0) {
    const list = wanted.map(({ port }) => port).join(', ');
    return {
      subject,
      state: 'ok',
      found: own ? `${list} (this stack runs)` : `${list} are free`,
    };
  }
  return {
    subject,
    state: 'missing',
    found: foreign
      .map(
        ({ label, port, owner }) =>
          `${port} (${label}) is used${owner ? ` by ${owner.command}, process ${owner.pid}` : ''}`,
      )
      .join('; '),
    fix: 'stop what uses them, or move this stack: ./homelab up --port-offset 100',
  };
}

/** Read without the schema of `up`, which needs an installed package; `up` reports a broken file. */
function portOffset(): number {
  const settings = readJson(join(homelabFolder(checkoutRoot), 'settings.json'));
  return typeof settings.portOffset === 'number' ? settings.portOffset : 0;
}

function runningStackId(): string | undefined {
  const { runId } = readJson(join(checkoutFolders().run, 'state.json'));
  return typeof runId === 'string' ? runId : undefined;
}

/** Every process of a stack has the id of its run in its environment. */
function belongsTo(used: UsedPort, runId: string): boolean {
  if (used.owner === undefined) return false;
  const environment = readEnvironment(used.owner.pid);
  return environment.includes(`${runIdVariable}=${runId}`);
}

function readJson(file: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null
      ? { ...content }
      : {};
  } catch {
    return {};
  }
}

void main();
