import { performance } from 'node:perf_hooks';
import { createApiClient } from './api-program.ts';
import type { BenchContext } from './bench-context.ts';
import { percentile } from './figures.ts';
import type { Figure } from './figures.ts';
import { storeDevices } from './store-load.ts';
import { storeQueries } from './store-queries.ts';

const readers = 200;
/** Each reader asks each question so often, of one device after another. */
const turns = 5;

/** Many readers at once, each with a connection of its own, who ask all questions in turn. */
export async function measureReaders(
  { stack, report }: BenchContext,
  endMs: number,
): Promise<Figure[]> {
  report(`  reading: ${readers} readers at once`);
  const times: number[] = [];
  const errors: unknown[] = [];
  const read = async (reader: number) => {
    const client = createApiClient(stack);
    for (let turn = 0; turn < turns * storeQueries.length; turn += 1) {
      const query = storeQueries[(reader + turn) % storeQueries.length];
      const device = storeDevices[(reader + turn) % storeDevices.length];
      if (query === undefined || device === undefined) continue;
      const startMs = performance.now();
      await client.ask(query.path(device, endMs)).catch(error => {
        errors.push(error);
      });
      times.push(performance.now() - startMs);
    }
    client.close();
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: readers }, (_, n) => read(n)));
  const seconds = (performance.now() - startMs) / 1_000;
  if (errors.length > 0) report(`    the first error: ${String(errors[0])}`);
  return [
    {
      ...{ name: `errors of ${readers} readers at once`, unit: 'errors' },
      ...{ rounds: [errors.length], goal: { atMost: 0 } },
    },
    {
      ...{ name: 'their requests', unit: '/s' },
      rounds: [times.length / seconds],
    },
    {
      ...{ name: 'their wait, p95', unit: 'ms' },
      rounds: [percentile(times, 0.95)],
    },
  ];
}
