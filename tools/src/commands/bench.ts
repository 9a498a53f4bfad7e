import { type Command, InvalidArgumentError } from 'commander';
import type { Bench } from '../bench/bench-context.ts';
import { benchBridge } from '../bench/bridge.ts';
import { benchBrokerLoss } from '../bench/broker-loss.ts';
import { benchKafkaProducers } from '../bench/kafka-producers.ts';
import { benchLag } from '../bench/lag.ts';
import { benchPath } from '../bench/path.ts';
import { benchSoak } from '../bench/soak.ts';
import { formatFigures, isMet } from '../bench/figures.ts';
import { benchSink } from '../bench/sink.ts';
import { checkoutRoot } from '../folders.ts';
import { HomelabError } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import { serverProcesses } from '../stack.ts';
import { preparationProcesses } from '../stack-services.ts';
import { openTestWorkspace } from '../testing/test-workspace.ts';
import { withStack } from '../testing/with-stack.ts';

const benches = {
  bridge: benchBridge,
  sink: benchSink,
  path: benchPath,
  kafka: benchKafkaProducers,
  lag: benchLag,
  soak: benchSoak,
  'broker-loss': benchBrokerLoss,
} satisfies Record<string, Bench>;

type BenchName = keyof typeof benches;

const benchNames = Object.keys(benches).filter(isBench);

interface BenchOptions {
  rounds: number;
  peer: boolean;
  minutes: number;
}

export function addBench(program: Command): void {
  program
    .command('bench')
    .description('measure speed, beside the ceiling of this machine')
    .argument('[NAME...]', `${benchNames.join(', ')}; all without a name`)
    .option('--rounds <n>', 'how often each is measured', parseCount, 5)
    .option('--minutes <n>', 'how long the soak lasts', parseCount, 15)
    .option('--peer', 'measure the best rival beside ours, from PyPI', false)
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
    `There is no measurement "${name}": choose of ${benchNames.join(', ')}.`,
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
