import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { ensureBrowser } from '../native/browser.ts';
import { defaultCacheDir } from '../native/cache.ts';
import { ensureSchemathesis } from '../native/python-venv.ts';
import type { ProcessSpec } from '../runner/process-spec.ts';
import { serverProcesses, stackProcesses } from '../stack.ts';
import type { StackOptions } from '../stack-options.ts';
import { preparationProcesses } from '../stack-services.ts';
import { runLiftTier } from './lift-tier.ts';
import {
  countJestReport,
  countPlaywrightReport,
  addCounts,
  countReportFile,
  judgeCounts,
  readReportFile,
  requireTests,
  type TestCounts,
} from './reports.ts';
import { runCommand } from './run-command.ts';
import { portalEnvironment, serverEnvironment } from './test-environment.ts';
import type { TierContext } from './tier-context.ts';
import { withStack } from './with-stack.ts';

type Tier = (context: TierContext) => Promise<TestCounts>;

/** Every tier, in the order they run: the fastest to fail come first. */
export const tiers = {
  static: runStaticTier,
  unit: context => runVitest(context, 'unit', {}),
  portal: runPortalTier,
  integration: runIntegrationTier,
  chaos: runChaosTier,
  e2e: runEndToEndTier,
  lift: runLiftTier,
} satisfies Record<string, Tier>;

export type TierName = keyof typeof tiers;

const checkPrefix = 'check:';
const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/** Each `check:` script of the repository counts as one test. */
async function runStaticTier(context: TierContext): Promise<TestCounts> {
  const { root } = context.workspace;
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const { scripts } = packageSchema.parse(JSON.parse(text));
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0, problems: [] };
  for (const [script, command] of Object.entries(scripts)) {
    const check = script.slice(checkPrefix.length);
    if (!script.startsWith(checkPrefix)) continue;
    if (context.extraArgs.length > 0 && !context.extraArgs.includes(check))
      continue;
    const { exitCode, output } = await runCommand({
      command: '/bin/sh',
      args: ['-c', command],
      cwd: root,
      env: { PATH: pathWithPrograms(root) },
      capture: true,
      signal: context.stopSignal,
    });
    context.report(`  ${exitCode === 0 ? 'ok' : 'FAILED'}  ${check}`);
    if (exitCode === 0) {
      counts.passed += 1;
    } else {
      counts.failed += 1;
      context.report(output.trimEnd());
      counts.problems.push(`${check} (run it alone: ./homelab yarn ${script})`);
    }
  }
  return judgeCounts(counts, counts.failed === 0 ? 0 : 1);
}

async function runVitest(
  context: TierContext,
  project: 'unit' | 'integration' | 'chaos',
  env: Record<string, string>,
): Promise<TestCounts> {
  const { root, reports } = context.workspace;
  const path = join(reports, `${project}.json`);
  const { exitCode } = await runCommand({
    command: process.execPath,
    args: [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
      ...context.extraArgs,
    ],
    cwd: root,
    env: { ...env, PATH: pathWithPrograms(root) },
    signal: context.stopSignal,
  });
  return countReportFile({ path, exitCode, countReport: countJestReport });
}

async function runPortalTier(context: TierContext): Promise<TestCounts> {
  const { root, reports } = context.workspace;
  const path = join(reports, 'portal.json');
  const { exitCode } = await runCommand({
    command: process.execPath,
    args: [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...['repo', 'test', '--watchAll=false'],
      ...['--json', `--outputFile=${path}`],
      ...context.extraArgs,
    ],
    cwd: root,
    env: { PATH: pathWithPrograms(root), CI: 'true' },
    signal: context.stopSignal,
  });
  return countReportFile({ path, exitCode, countReport: countJestReport });
}

async function runIntegrationTier(context: TierContext): Promise<TestCounts> {
  const schemathesis = await ensureSchemathesis(
    defaultCacheDir(),
    context.report,
  );
  return withStack(context, 'integration', serverProcesses, stack =>
    runVitest(context, 'integration', {
      ...serverEnvironment(stack),
      HOMELAB_TEST_SCHEMATHESIS: schemathesis,
    }),
  );
}

/** The seed of the random moments at which the chaos tier breaks things, unless one is given. */
const defaultChaosSeed = '20260112';

function runChaosTier(context: TierContext): Promise<TestCounts> {
  const seed = process.env.HOMELAB_CHAOS_SEED ?? defaultChaosSeed;
  context.report(`  seed ${seed}; another one: HOMELAB_CHAOS_SEED=NUMBER`);
  return withStack(context, 'chaos', killableProcesses, stack =>
    runVitest(context, 'chaos', {
      ...serverEnvironment(stack),
      HOMELAB_CHAOS_SEED: seed,
    }),
  );
}

/** The servers, Kafka topics and tables; a killed server is restarted at once, however often. */
function killableProcesses(options: StackOptions): ProcessSpec[] {
  const restart = { limit: 1_000, minBackoffMs: 200, maxBackoffMs: 200 };
  return [
    ...serverProcesses(options).map(spec => ({ ...spec, restart })),
    ...preparationProcesses(options),
  ];
}

/**
 * Tests that measure, or kill what others need, run after the others and one at a time. Their pictures are
 * kept apart, as Playwright clears the folder that it writes to.
 */
const endToEndPasses = [
  ['--grep-invert', '@alone'],
  ['--grep', '@alone', '--workers=1', '--output=test-results/alone'],
];

async function runEndToEndTier(context: TierContext): Promise<TestCounts> {
  const { root, reports } = context.workspace;
  const browser = await ensureBrowser({
    cacheDir: defaultCacheDir(),
    report: context.report,
  });
  // Without simulated devices: a test starts its own, because it must be able to stop them.
  return withStack(context, 'e2e', eagerProcesses, async stack => {
    const counts: TestCounts[] = [];
    for (const [index, pass] of endToEndPasses.entries()) {
      const path = join(reports, `e2e-${index + 1}.json`);
      const { exitCode } = await runCommand({
        command: process.execPath,
        args: [
          join(root, 'node_modules/@playwright/test/cli.js'),
          'test',
          '--reporter=list,json',
          // Some of the tests that were asked for are in the other pass.
          '--pass-with-no-tests',
          ...pass,
          ...context.extraArgs,
        ],
        cwd: join(root, 'e2e'),
        env: {
          ...portalEnvironment(stack, browser),
          PLAYWRIGHT_JSON_OUTPUT_NAME: path,
          PATH: pathWithPrograms(root),
        },
        signal: context.stopSignal,
      });
      const countReport = countPlaywrightReport;
      counts.push(readReportFile({ path, exitCode, countReport }));
    }
    return requireTests(addCounts(counts));
  });
}

/** The whole stack, with a portal that judges consumer groups quickly and lets tests act. */
function eagerProcesses(options: StackOptions): ProcessSpec[] {
  const eager = {
    CONSUMER_LAG_POLL_SECONDS: '5',
    CONSUMER_LAG_MIN_SAMPLES: '4',
    CONSUMER_LAG_ACTIONS: 'true',
    DEAD_LETTERS_ACTIONS: 'true',
  };
  // Devices that tests play answer at once, or never.
  const impatient = { CONTROL_CONFIRM_TIMEOUT: '15s' };
  const more: Record<string, Record<string, string>> = {
    portal: eager,
    'heat-pump-control': impatient,
  };
  return stackProcesses({ ...options, heatPumpControl: true }).map(spec => ({
    ...spec,
    env: { ...spec.env, ...more[spec.name] },
  }));
}

function pathWithPrograms(root: string): string {
  const programs = join(root, 'node_modules/.bin');
  return [programs, process.env.PATH ?? ''].join(delimiter);
}
