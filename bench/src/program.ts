import {
  checkoutRoot,
  HomelabError,
  listenForInterruption,
  openTestWorkspace,
  preparationProcesses,
  serverProcesses,
  withStack,
} from '@homelab/tools';
import { Command, InvalidArgumentError } from 'commander';
import type { Bench } from './bench-context.ts';
import { benchBridge } from './bridge.ts';
import { benchBrokerLoss } from './broker-loss.ts';
import { formatFigures, isMet } from './figures.ts';
import { benchLag } from './lag.ts';
import { benchLive } from './live.ts';
import { benchPath } from './path.ts';
import { benchSink } from './sink.ts';
import { benchSoak } from './soak.ts';
import { benchStore } from './store.ts';

const benches = {
  bridge: benchBridge,
  sink: benchSink,
  store: benchStore,
  path: benchPath,
  live: benchLive,
  lag: benchLag,
  soak: benchSoak,
  'broker-loss': benchBrokerLoss,
} satisfies Record<string, Bench>;

type BenchName = keyof typeof benches;

export const benchNames = Object.keys(benches).filter(isBench);

interface BenchOptions {
  rounds: number;
  peer: boolean;
  minutes: number;
}

/** The command line of `./homelab bench`; parsing runs the chosen measurements. */
export function createProgram(): Command {
  return new Command('homelab bench')
    .description('Measures speed against the ceiling of this machine.')
    .argument('[NAME...]', `${benchNames.join(', ')}; all without a name`)
    .option('--rounds <n>', 'rounds of each measurement', parseCount, 5)
    .option('--minutes <n>', 'minutes of the soak', parseCount, 15)
    .option('--peer', 'also measure the best rival, from PyPI', false)
    .configureOutput({
      outputError: (text, write) =>
        write(`${text.trim().replace(/^error: /, 'homelab: ')}\n`),
    })
    .exitOverride()
    .showHelpAfterError('See "./homelab bench --help".')
    .action(async (names: string[], options: BenchOptions) => {
      const chosen = names.length === 0 ? benchNames : names.map(parseName);
      if (!(await runBenches(chosen, options))) process.exitCode = 1;
    });
}

function isBench(name: string): name is BenchName {
  return Object.hasOwn(benches, name);
}

function parseName(name: string): BenchName {
  if (isBench(name)) return name;
  throw new HomelabError(
    'wrong-usage',
    `There is no measurement "${name}": choose one of ${benchNames.join(', ')}.`,
  );
}

function parseCount(text: string): number {
  const rounds = Number(text);
  if (Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= 100)
    return rounds;
  throw new InvalidArgumentError('It must be a number from 1 to 100.');
}

/** @returns true when every goal was met */
async function runBenches(
  names: readonly BenchName[],
  options: BenchOptions,
): Promise<boolean> {
  const interruption = listenForInterruption(() =>
    say('Stopping the measurement.'),
  );
  const workspace = await openTestWorkspace(checkoutRoot, 'bench');
  let allMet = true;
  try {
    for (const name of names) {
      say(`\n== ${name} ==`);
      const signals = {
        stopSignal: interruption.stop,
        killSignal: interruption.kill,
      };
      const figures = await withStack(
        { workspace, report: say, ...signals },
        `bench-${name}`,
        stack => [...serverProcesses(stack), ...preparationProcesses(stack)],
        stack =>
          benches[name]({
            ...options,
            stack,
            report: say,
            signal: interruption.stop,
          }),
      );
      say(`\n${formatFigures(figures)}`);
      allMet &&= figures.every(isMet);
    }
  } finally {
    await workspace.close();
    interruption.close();
  }
  return allMet;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
