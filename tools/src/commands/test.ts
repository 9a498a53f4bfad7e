import type { Command } from 'commander';
import { checkoutRoot } from '../folders.ts';
import { HomelabError, messageOf } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import { failedAsWhole } from '../testing/reports.ts';
import { formatSummary, type TierOutcome } from '../testing/summary.ts';
import { openTestWorkspace } from '../testing/test-workspace.ts';
import type { TierContext } from '../testing/tier-context.ts';
import { type TierName, tiers } from '../testing/tiers.ts';

const tierNames = Object.keys(tiers).filter(isTier);

export function addTest(program: Command): void {
  program
    .command('test')
    .description('run all tests, or one tier; "help test" lists the tiers')
    .argument('[TIER]', tierNames.join(', '))
    .argument('[ARGS...]', 'after "--": handed to the runner of that tier')
    .action(async (tier: string | undefined, extraArgs: string[]) => {
      const chosen = tier === undefined ? tierNames : [parseTier(tier)];
      if (!(await runTiers(chosen, extraArgs))) process.exitCode = 1;
    });
}

function isTier(name: string): name is TierName {
  return Object.hasOwn(tiers, name);
}

function parseTier(name: string): TierName {
  if (isTier(name)) return name;
  throw new HomelabError(
    'wrong-usage',
    `There is no tier "${name}": choose one of ${tierNames.join(', ')}.`,
  );
}

/** @returns true when every test passed */
async function runTiers(
  names: readonly TierName[],
  extraArgs: readonly string[],
): Promise<boolean> {
  const interruption = listenForInterruption(() => say('Stopping the tests.'));
  const workspace = await openTestWorkspace(checkoutRoot);
  const outcomes: TierOutcome[] = [];
  try {
    for (const name of names) {
      say(`\n== ${name} ==`);
      outcomes.push(
        await runTier(name, {
          workspace,
          extraArgs,
          stopSignal: interruption.stop,
          killSignal: interruption.kill,
          report: say,
        }),
      );
    }
  } finally {
    await workspace.close();
    interruption.close();
  }
  say(formatSummary(outcomes));
  return outcomes.every(outcome => outcome.failed === 0);
}

/** A tier that cannot run counts as failed: the others still run, and the reason is in the summary. */
async function runTier(
  name: TierName,
  context: TierContext,
): Promise<TierOutcome> {
  const startedAtMs = Date.now();
  const counts = await tiers[name](context).catch((error: unknown) => {
    if (context.stopSignal.aborted) throw error;
    return failedAsWhole(`it could not run: ${messageOf(error)}`);
  });
  return { tier: name, durationMs: Date.now() - startedAtMs, ...counts };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
