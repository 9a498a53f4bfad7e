import { createCommunityDatabase } from '@homelab/test-kit';
import { hypertables } from '@homelab/telemetry';
import { migrateDatabase } from '@homelab/timescale-schema';
import type { BenchContext } from './bench-context.ts';
import type { Figure } from './figures.ts';
import { fillDaySql, storeDevices } from './store-load.ts';

/** As many days as the WebAssembly build holds in its memory: 345,600 rows. */
const days = 2;
const dayMs = 86_400_000;

/**
 * What the community edition needs to store readings by columns, against by rows. On the server
 * that HOMELAB_TEST_COMMUNITY_PG names, else in WebAssembly.
 */
export async function measureColumnstore({
  report,
}: BenchContext): Promise<Figure[]> {
  const server = process.env.HOMELAB_TEST_COMMUNITY_PG;
  report(`  storing by columns, ${server ? 'on the server' : 'WebAssembly'}`);
  const closers: (() => Promise<void> | void)[] = [];
  try {
    const database = await createCommunityDatabase({
      onTestFinished: close => void closers.push(close),
    });
    await migrateDatabase(database);
    const endMs = Math.floor(Date.now() / dayMs) * dayMs;
    for (let day = 1; day <= days; day += 1)
      await database.query(fillDaySql, [
        storeDevices,
        new Date(endMs - day * dayMs),
      ]);
    const size = async () => {
      const { rows } = await database.query<{ bytes: string | number }>(
        `SELECT hypertable_size('${hypertables.energy}') AS bytes`,
      );
      return Number(rows[0]?.bytes);
    };
    const byRows = await size();
    const { rows: chunks } = await database.query<{ name: string }>(
      `SELECT show_chunks('${hypertables.energy}')::text AS name`,
    );
    for (const { name } of chunks)
      await database.query(`CALL convert_to_columnstore('${name}')`);
    const byColumns = await size();
    return [
      {
        ...{ name: 'readings by rows, community edition', unit: 'MiB' },
        rounds: [byRows / 2 ** 20],
      },
      {
        ...{ name: 'the same by columns', unit: 'MiB' },
        rounds: [byColumns / 2 ** 20],
      },
      {
        ...{ name: 'by columns / by rows', unit: 'x' },
        ...{ rounds: [byColumns / byRows], goal: { atMost: 0.15 } },
      },
    ];
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
