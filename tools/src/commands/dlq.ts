import type { Command } from 'commander';
import {
  listLetters,
  readLedger,
  summariseLetters,
} from '@homelab/dead-letters';
import type { Letter, LetterPage } from '@homelab/dead-letters';
import { deadLetterTopics } from '@homelab/telemetry';
import {
  formatJson,
  formatLetter,
  formatSummaries,
  letterAsJson,
} from '../dead-letters/format-letters.ts';
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
import { addPurge } from './dlq-purge.ts';
import { addRedrive } from './dlq-redrive.ts';
import {
  type BrokersOption,
  chooseBrokers,
  withBrokers,
  withKafka,
} from './kafka-connection.ts';

const defaultLetters = '10';
const maxLetters = 1_000;
const maxValueBytes = 2_048;

export function addDlq(program: Command): void {
  const dlq = program
    .command('dlq')
    .description('dead letters: list, show, redrive, purge');
  addList(dlq);
  addShow(dlq);
  addRedrive(dlq);
  addPurge(dlq);
}

function addList(dlq: Command): void {
  const list = dlq
    .command('list')
    .description('the number of letters, their age and reason')
    .option('--json', 'for programs');
  withBrokers(list).action((options: BrokersOption & { json?: boolean }) =>
    withKafka(chooseBrokers(options.brokers), async ({ kafka, admin }) => {
      const ledger = await readLedger(kafka, redrivePlaces.ledgerTopic);
      const summaries = await summariseLetters({
        kafka,
        admin,
        topics: deadLetterTopics,
        ledger,
        format: letterFormat,
      });
      print(
        options.json
          ? formatJson(summaries)
          : formatSummaries(summaries, Date.now()),
      );
    }),
  );
}

interface ShowOptions extends BrokersOption, LetterOptions {
  limit: string;
  full?: boolean;
  json?: boolean;
}

function addShow(dlq: Command): void {
  const show = dlq
    .command('show')
    .description('the newest letters of a topic, with headers and value')
    .argument('<TOPIC>', 'such as energy, or homelab.energy.dlq');
  withLetterOptions(show)
    .option('--limit <N>', 'maximum number of letters', defaultLetters)
    .option('--full', 'values of any length')
    .option('--json', 'for programs; values in base64');
  withBrokers(show).action(showLetters);
}

async function showLetters(name: string, options: ShowOptions) {
  const topic = parseTopic(name);
  const filter = parseFilter(options, Date.now());
  const asked = parseAmount('--limit', options.limit, { whole: true });
  const limit = Math.min(asked, maxLetters);
  await withKafka(chooseBrokers(options.brokers), async ({ kafka, admin }) => {
    const ledger = await readLedger(kafka, redrivePlaces.ledgerTopic);
    const letters: Letter[] = [];
    let before: LetterPage['next'];
    do {
      const page = await listLetters({
        kafka,
        admin,
        topic,
        format: letterFormat,
        filter,
        limit: limit - letters.length,
        before,
      });
      letters.push(...page.letters);
      before = page.next;
    } while (before !== undefined && letters.length < limit);
    if (options.json) {
      print(formatJson(letters.map(letter => letterAsJson(letter, ledger))));
      return;
    }
    const shown = letters.map(letter =>
      formatLetter(letter, {
        ledger,
        nowMs: Date.now(),
        maxValueBytes: options.full ? Infinity : maxValueBytes,
      }),
    );
    print(
      shown.length === 0 ? `No such letter in ${topic}.` : shown.join('\n\n'),
    );
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
