import { rollupChanges } from '@homelab/timescale-schema';
import type { BenchContext } from './bench-context.ts';
import { ratioOf } from './figures.ts';
import type { Figure } from './figures.ts';
import { openKafkaAdmin } from './kafka-ends.ts';
import {
  asSuperuser,
  drained,
  emptyTable,
  fillTopic,
  rateUntil,
  startSink,
  untilCommitted,
} from './sink-drain.ts';

const { records, group } = drained;
const hidden = `${rollupChanges.table}_hidden`;

/**
 * How fast the sink drains a topic with rollups on, that is marking hours while a refresh
 * aggregates them, and how fast without. Empties the table.
 */
export async function measureSink(context: BenchContext): Promise<Figure[]> {
  const admin = await openKafkaAdmin(context.stack);
  const rates = { on: [] as number[], off: [] as number[] };
  const drain = async (): Promise<number> => {
    const sink = await startSink(context);
    try {
      await untilCommitted(admin, context, 1);
      const last = await untilCommitted(admin, context, records);
      return await rateUntil(context, last.atMs);
    } finally {
      await sink.stop();
      await admin.deleteGroups([group]);
    }
  };
  try {
    await fillTopic(context);
    for (let round = 1; round <= context.rounds; round += 1) {
      context.report(`  draining with and without rollups, round ${round}`);
      await prepare(context);
      // As pg_cron does each minute; a round is shorter than that.
      const [on] = await Promise.all([drain(), refresh(context)]);
      rates.on.push(on);
      await prepare(context);
      await withoutRollups(context, async () => {
        rates.off.push(await drain());
      });
    }
  } finally {
    await admin.stop();
  }
  const figure = (name: string, rounds: number[]): Figure => ({
    ...{ name, unit: 'rows/s', rounds },
  });
  const on = figure('sink, rollups on', rates.on);
  const off = figure('sink, without rollups', rates.off);
  return [
    on,
    off,
    ratioOf('sink with rollups / without', on, off, { atLeast: 0.9 }),
  ];
}

async function prepare(context: BenchContext): Promise<void> {
  await emptyTable(context);
  await asSuperuser(context, client =>
    client.query(`TRUNCATE ${rollupChanges.table}`),
  );
}

/** Refreshes once, as soon as there is something to aggregate. */
function refresh(context: BenchContext): Promise<void> {
  return asSuperuser(context, async client => {
    for (;;) {
      const { rows } = await client.query<{ marked: boolean }>(
        `SELECT EXISTS (SELECT FROM ${rollupChanges.table}) AS marked`,
      );
      if (rows[0]?.marked === true) break;
      context.signal.throwIfAborted();
    }
    await client.query('CALL refresh_rollups()');
  });
}

/** A sink that starts meanwhile finds no table of marks, as on the community edition. */
async function withoutRollups(
  context: BenchContext,
  work: () => Promise<void>,
): Promise<void> {
  const rename = (from: string, to: string) =>
    asSuperuser(context, client =>
      client.query(`ALTER TABLE ${from} RENAME TO ${to}`),
    );
  await rename(rollupChanges.table, hidden);
  try {
    await work();
  } finally {
    await rename(hidden, rollupChanges.table);
  }
}
