import type { Command } from 'commander';
import {
  planPurge,
  purge,
  type PurgeCut,
  readLedger,
} from '@homelab/dead-letters';
import { confirm } from '../confirm.ts';
import { countLetters, formatPurge } from '../dead-letters/format-letters.ts';
import {
  letterFormat,
  redrivePlaces,
} from '../dead-letters/homelab-letters.ts';
import {
  type LetterOptions,
  parsePlace,
  parseTopic,
  refuseFilter,
  withLetterOptions,
} from '../dead-letters/letter-options.ts';
import { parseTime } from '../dead-letters/parse-time.ts';
import { HomelabError } from '../homelab-error.ts';
import {
  type BrokersOption,
  chooseBrokers,
  withBrokers,
  withKafka,
} from './kafka-connection.ts';

interface PurgeFlags extends BrokersOption, LetterOptions {
  before?: string;
  through?: string;
  all?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

export function addPurge(dlq: Command): void {
  const command = dlq
    .command('purge')
    .description('delete the oldest letters; asks first')
    .argument('<TOPIC>', 'such as energy, or homelab.energy.dlq')
    .option(
      '--before <TIME>',
      'those that failed before: 7d ago, or 2026-01-31',
    )
    .option(
      '--through <P:O>',
      'up to and including the one at partition:offset',
    )
    .option('--all', 'all current letters')
    .option('--dry-run', 'show what would be lost, and delete nothing')
    .option('-y, --yes', 'do not ask');
  withBrokers(command).action(runPurge);
  acceptFilterToRefuseIt(command);
}

/** Explains why the filters of the other commands do not work here. */
function acceptFilterToRefuseIt(command: Command): void {
  const shown = command.options.length;
  withLetterOptions(command);
  for (const option of command.options.slice(shown)) option.hideHelp();
}

async function runPurge(name: string, flags: PurgeFlags): Promise<void> {
  refuseFilter(flags);
  const topic = parseTopic(name);
  const cut = parseCut(flags, Date.now());
  await withKafka(chooseBrokers(flags.brokers), async ({ kafka, admin }) => {
    const ledger = await readLedger(kafka, redrivePlaces.ledgerTopic);
    const plan = await planPurge({
      kafka,
      admin,
      topic,
      cut,
      ledger,
      format: letterFormat,
    });
    const { lost } = plan;
    if (lost.letters === 0) {
      print(`There is no such letter in ${topic}; nothing was deleted.`);
      return;
    }
    const warning = formatPurge(plan);
    if (flags.dryRun) {
      print(`${warning}\nA dry run: nothing was deleted.`);
      return;
    }
    if (flags.yes) print(warning);
    else if (!(await confirm(`${warning}\n`, sureCommand(name, flags)))) {
      print('Nothing was deleted.');
      return;
    }
    await purge(admin, plan);
    print(`Deleted ${countLetters(lost.letters)}.`);
  });
}

/** The same command with --yes, which skips the question. */
function sureCommand(name: string, flags: PurgeFlags): string {
  const { before, through } = flags;
  let cut = '--all';
  if (before !== undefined) cut = `--before ${before}`;
  if (through !== undefined) cut = `--through ${through}`;
  return `./homelab dlq purge ${name} ${cut} --yes`;
}

/** @throws HomelabError `wrong-usage` unless exactly one end is given */
function parseCut(flags: PurgeFlags, nowMs: number): PurgeCut {
  const { before, through, all } = flags;
  const cuts: PurgeCut[] = [
    ...(before === undefined
      ? []
      : [
          {
            kind: 'before',
            timeMs: parseTime('--before', before, nowMs),
          } as const,
        ]),
    ...(through === undefined
      ? []
      : [{ kind: 'through', ...parsePlace('--through', through) } as const]),
    ...(all ? [{ kind: 'all' } as const] : []),
  ];
  const [cut, ...rest] = cuts;
  if (cut !== undefined && rest.length === 0) return cut;
  throw new HomelabError(
    'wrong-usage',
    'Choose where to stop with one of --before TIME, --through P:O and --all; --dry-run shows what would be lost.',
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
