import type { KafkaAdmin } from '@homelab/kafka';
import { deadLetterTopic } from '@homelab/telemetry';
import type { Bench, BenchContext } from './bench-context.ts';
import { createCopyCeiling } from './copy-ceiling.ts';
import type { CopyCeiling } from './copy-ceiling.ts';
import { ratioOf } from './figures.ts';
import type { Figure } from './figures.ts';
import { openKafkaAdmin, recordCount } from './kafka-ends.ts';
import {
  asSuperuser,
  countOf,
  drained,
  emptyTable,
  fillTopic,
  rateUntil,
  startSink,
  untilCommitted,
} from './sink-drain.ts';

/** The records and the topic, table and group of the energy stream. */
const { records, topic, table, group } = drained;

/** One value per round. */
interface Rounds {
  readonly text: number[];
  readonly binary: number[];
  readonly sink: number[];
  readonly cpuUs: number[];
  readonly wrong: number[];
}

/**
 * How fast the sink drains a Kafka topic into an empty table, and how fast COPY fills the same
 * table with the same rows. Each round starts with an empty table, a new consumer group and a
 * new process, and counts the stored rows. At the end a sink is killed halfway and restarted.
 */
export const benchSink: Bench = async context => {
  const { stack, rounds, report } = context;
  const admin = await openKafkaAdmin(stack);
  const load = await fillTopic(context);
  const ceiling = await createCopyCeiling(stack, table, load);
  try {
    const all: Rounds = {
      text: [],
      binary: [],
      sink: [],
      cpuUs: [],
      wrong: [],
    };
    for (let round = 1; round <= rounds; round += 1) {
      report(`  round ${round} of ${rounds}`);
      await measureRound(context, admin, ceiling, all);
    }
    report('  killing the sink in the middle');
    const killed = await measureKill(context, admin);
    return figuresOf(all, killed);
  } finally {
    await ceiling.close();
    await admin.stop();
  }
};

function figuresOf(all: Rounds, killed: KillOutcome): Figure[] {
  const rate = (name: string, rounds: number[]): Figure => ({
    ...{ name, unit: 'rows/s', rounds },
  });
  const text = rate('COPY, text', all.text);
  const binary = rate('ceiling: COPY, binary', all.binary);
  const sink = rate('sink, first to last commit', all.sink);
  const none = { atMost: 0 };
  return [
    text,
    binary,
    { ...sink, goal: { atLeast: 60_000 } },
    ratioOf('sink / COPY, text', sink, text),
    ratioOf('sink / COPY, binary', sink, binary, { atLeast: 0.5 }),
    { name: 'sink CPU per row', unit: 'us', rounds: all.cpuUs },
    {
      ...{ name: 'rows missing, doubled or dead-lettered', unit: 'rows' },
      ...{ rounds: all.wrong, goal: none },
    },
    {
      ...{ name: 'the same after kill -9', unit: 'rows' },
      ...{ rounds: [killed.wrong], goal: none },
    },
    {
      ...{ name: 'rows stored when it was killed', unit: 'rows' },
      rounds: [killed.storedBefore],
    },
  ];
}

async function measureRound(
  context: BenchContext,
  admin: KafkaAdmin,
  ceiling: CopyCeiling,
  all: Rounds,
): Promise<void> {
  for (const format of ['text', 'binary'] as const) {
    await emptyTable(context);
    all[format].push(await ceiling.measure(format));
  }
  await emptyTable(context);
  const sink = await startSink(context);
  try {
    const first = await untilCommitted(admin, context, 1);
    const cpuAtFirst = sink.cpuSeconds();
    const last = await untilCommitted(admin, context, records);
    const cpuSeconds = sink.cpuSeconds() - cpuAtFirst;
    all.cpuUs.push((cpuSeconds * 1e6) / (records - first.committed));
    all.sink.push(await rateUntil(context, last.atMs));
  } finally {
    await sink.stop();
  }
  all.wrong.push(await countWrong(context, admin));
  // The next one reads from the beginning.
  await admin.deleteGroups([group]);
}

interface KillOutcome {
  readonly wrong: number;
  readonly storedBefore: number;
}

async function measureKill(
  context: BenchContext,
  admin: KafkaAdmin,
): Promise<KillOutcome> {
  await emptyTable(context);
  const killed = await startSink(context);
  await untilCommitted(admin, context, records / 3);
  await killed.stop('SIGKILL');
  const storedBefore = await asSuperuser(context, client =>
    countOf(client, `SELECT count(*) AS count FROM ${table}`),
  );
  const sink = await startSink(context);
  try {
    await untilCommitted(admin, context, records);
  } finally {
    await sink.stop();
  }
  return { wrong: await countWrong(context, admin), storedBefore };
}

/** Rows that are not stored exactly once, and records in the dead-letter topic. */
async function countWrong(
  context: BenchContext,
  admin: KafkaAdmin,
): Promise<number> {
  const [stored, keys] = await asSuperuser(context, async client => [
    await countOf(client, `SELECT count(*) AS count FROM ${table}`),
    await countOf(
      client,
      `SELECT count(*) AS count FROM (SELECT DISTINCT device_id, time FROM ${table}) AS keys`,
    ),
  ]);
  const deadLetters = await recordCount(admin, deadLetterTopic(topic));
  return Math.abs(records - keys) + (stored - keys) + deadLetters;
}
