import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import { readFamilies } from '../lift/families.ts';
import { createHost } from '../lift/host.ts';
import { packPackages, type RunStep } from '../lift/pack.ts';
import { ensureBrowser } from '../native/browser.ts';
import { defaultCacheDir, withFileLock } from '../native/cache.ts';
import { rememberHouse } from '../simulated-house.ts';
import { serverProcesses } from '../stack.ts';
import type { StackOptions } from '../stack-options.ts';
import { hostProcesses } from '../stack-portal.ts';
import { serviceProcesses } from '../stack-services.ts';
import { countPlaywrightReport, countReportFile } from './reports.ts';
import type { TestCounts } from './reports.ts';
import { runCommand } from './run-command.ts';
import { portalEnvironment } from './test-environment.ts';
import type { TierContext } from './tier-context.ts';
import { withStack } from './with-stack.ts';

/** What whoever runs a Backstage sets: where it listens and where it stores. */
const ownConfig = {
  app: { baseUrl: '${BACKSTAGE_URL}' },
  backend: {
    baseUrl: '${BACKSTAGE_URL}',
    listen: { host: '127.0.0.1', port: '${BACKSTAGE_PORT}' },
    cors: { origin: '${BACKSTAGE_URL}' },
    database: {
      client: 'pg',
      pluginDivisionMode: 'schema',
      connection: {
        host: '${BACKSTAGE_DB_HOST}',
        port: '${BACKSTAGE_DB_PORT}',
        user: '${BACKSTAGE_DB_USER}',
        password: '${BACKSTAGE_DB_PASSWORD}',
        database: '${BACKSTAGE_DB_NAME}',
      },
    },
  },
};

/** Installs the packed plugins into a stock Backstage app, as their READMEs say, and looks at them in a browser. */
export async function runLiftTier(context: TierContext): Promise<TestCounts> {
  const { root } = context.workspace;
  const cacheDir = defaultCacheDir();
  const { families, unfinished } = readFamilies(root);
  const runStep = createRunStep(context);
  const browser = await ensureBrowser({ cacheDir, report: context.report });
  const archives = await packPackages({
    root,
    cacheDir,
    packages: [...new Set(families.flatMap(({ packages }) => packages))],
    runStep,
  });
  // One app for all checkouts, outside of each: its node_modules are large.
  const folder = join(cacheDir, 'lift-host');
  const lock = join(cacheDir, 'locks/lift-host');
  const counts = await withFileLock(lock, async () => {
    await createHost({ root, folder, families, archives, ownConfig, runStep });
    return lookAtHost(context, folder, browser, families);
  });
  for (const id of unfinished)
    context.report(`  plugins/${id}/README.md does not say how to install it`);
  return { ...counts, skipped: counts.skipped + unfinished.length };
}

function lookAtHost(
  context: TierContext,
  folder: string,
  browser: Awaited<ReturnType<typeof ensureBrowser>>,
  families: ReturnType<typeof readFamilies>['families'],
): Promise<TestCounts> {
  const { root, reports } = context.workspace;
  const path = join(reports, 'lift.json');
  return withStack(
    context,
    'lift',
    options => [
      ...serverProcesses(options),
      ...serviceProcesses(withSimulator(options)),
      ...hostProcesses(options, folder),
    ],
    async stack => {
      const { exitCode } = await runCommand({
        command: process.execPath,
        args: [
          join(root, 'node_modules/@playwright/test/cli.js'),
          'test',
          '--config=lift.config.ts',
          '--reporter=list,json',
          ...context.extraArgs,
        ],
        cwd: join(root, 'e2e'),
        env: {
          ...portalEnvironment(stack, browser),
          HOMELAB_TEST_LIFT: JSON.stringify(
            families.map(({ id, steps }) => ({ id, sights: steps.sights })),
          ),
          PLAYWRIGHT_JSON_OUTPUT_NAME: path,
        },
        signal: context.stopSignal,
      });
      return countReportFile({
        path,
        exitCode,
        countReport: countPlaywrightReport,
      });
    },
  );
}

/** A house with a little history, so that every page has something to show. */
function withSimulator(options: StackOptions): StackOptions {
  const house = 'air';
  const history = rememberHouse(options.folders.data, house);
  return { ...options, simulator: { house, backfill: '2h', ...history } };
}

/** Runs a step, tells how long it took, and shows its output only when it fails. */
function createRunStep({ report, stopSignal }: TierContext): RunStep {
  return async (title, cwd, command, args) => {
    const startedAtMs = Date.now();
    const { exitCode, output } = await runCommand({
      command,
      args,
      cwd,
      env: { BACKSTAGE_APP_NAME: 'host', CI: 'true' },
      capture: true,
      signal: stopSignal,
    });
    if (exitCode !== 0) {
      report(output.trimEnd());
      throw new HomelabError(
        'step-failed',
        `${title} failed in ${cwd}; the lines above say why.`,
      );
    }
    report(`  ${title}: ${((Date.now() - startedAtMs) / 1000).toFixed(0)} s`);
  };
}
