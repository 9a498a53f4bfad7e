import { hostname, userInfo } from 'node:os';
import type { Command } from 'commander';
import {
  type Letter,
  redrive,
  type RedriveOptions,
} from '@homelab/dead-letters';
import { escapeControls } from '../dead-letters/escape-controls.ts';
import { formatRedrive, goOn } from '../dead-letters/format-letters.ts';
import {
  letterFormat,
  redrivePlaces,
} from '../dead-letters/homelab-letters.ts';
import {
  type LetterOptions,
  parseAmount,
  parseFilter,
  parseTopic,
  withLetterOptions,
} from '../dead-letters/letter-options.ts';
import { parseTime } from '../dead-letters/parse-time.ts';
import { HomelabError } from '../homelab-error.ts';
import { listenForInterruption } from '../interruption.ts';
import {
  type BrokersOption,
  chooseBrokers,
  type KafkaTools,
  withBrokers,
  withKafka,
} from './kafka-connection.ts';

/** The number of letters that a dry run lists individually. */
const maxNamed = 20;
const interruptedExitCode = 130;

interface RedriveFlags extends BrokersOption, LetterOptions {
  dryRun?: boolean;
  limit?: string;
  rate?: string;
  again?: boolean;
  againBefore?: string;
}

export function addRedrive(dlq: Command): void {
  const command = dlq
    .command('redrive')
    .description('send letters back to where they failed, each one once')
    .argument('<TOPIC>', 'such as energy, or homelab.energy.dlq');
  withLetterOptions(command)
    .option('--dry-run', 'show what would go where, and send nothing')
    .option('--limit <N>', 'maximum number of letters')
    .option('--rate <N>', 'maximum number of letters a second')
    .option('--again', 'also those redriven before')
    .option('--again-before <TIME>', 'also those redriven before that time');
  withBrokers(command).action(async (name: string, flags: RedriveFlags) => {
    const nowMs = Date.now();
    const chosen = {
      topic: parseTopic(name),
      filter: parseFilter(flags, nowMs),
      dryRun: flags.dryRun ?? false,
      ...amountsOf(flags),
      ...againOf(flags, nowMs),
    };
    await withKafka(chooseBrokers(flags.brokers), tools =>
      runRedrive(tools, chosen),
    );
  });
}

function amountsOf({ limit, rate }: RedriveFlags) {
  return {
    ...(limit !== undefined && {
      limit: parseAmount('--limit', limit, { whole: true }),
    }),
    ...(rate !== undefined && {
      ratePerSecond: parseAmount('--rate', rate, { whole: false }),
    }),
  };
}

function againOf({ again, againBefore }: RedriveFlags, nowMs: number) {
  if (againBefore !== undefined)
    return { againBeforeMs: parseTime('--again-before', againBefore, nowMs) };
  return again ? { againBeforeMs: nowMs } : {};
}

type Chosen = Pick<RedriveOptions, 'topic' | 'filter' | 'againBeforeMs'> & {
  dryRun: boolean;
};

async function runRedrive(tools: KafkaTools, chosen: Chosen): Promise<void> {
  const interruption = listenForInterruption(() =>
    print('Stopping after the current transaction.'),
  );
  interruption.kill.addEventListener('abort', () =>
    process.exit(interruptedExitCode),
  );
  const naming = createNaming(chosen.dryRun);
  try {
    const outcome = await redrive({
      ...tools,
      ...chosen,
      format: letterFormat,
      places: redrivePlaces,
      by: `${userInfo().username}@${hostname()}`,
      signal: interruption.stop,
      onLetter: naming.name,
    });
    naming.end();
    const again = chosen.againBeforeMs !== undefined;
    print(formatRedrive(outcome, { ...chosen, again }));
    if (outcome.end === 'interrupted') process.exitCode = interruptedExitCode;
    if (outcome.failure) {
      throw new HomelabError(
        'step-failed',
        `The redrive ended early: ${outcome.failure.message} ${goOn(outcome, again)}`,
        { cause: outcome.failure },
      );
    }
  } finally {
    interruption.close();
  }
}

/** In a dry run, lists the first letters and counts the rest. */
function createNaming(dryRun: boolean) {
  let count = 0;
  return {
    name({ record, code }: Letter, target: string): void {
      count += 1;
      if (!dryRun || count > maxNamed) return;
      const key = escapeControls(record.key?.toString('utf8') ?? '(no key)');
      print(
        `${record.partition}:${record.offset}  ${code}  ${key}  -> ${target}`,
      );
    },
    end(): void {
      if (dryRun && count > maxNamed) print(`… and ${count - maxNamed} more`);
    },
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
