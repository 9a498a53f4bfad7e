import { createCommunityDatabase } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { allRollups } from '../src/index.ts';
import type { RollupDatabase } from './rollup-fixture.ts';

/** An empty database of the community edition, whose aggregates see changes by themselves. */
export async function openCommunityDatabase(
  t: TestScope,
): Promise<RollupDatabase> {
  const database = await createCommunityDatabase(t);
  return {
    ...database,
    marks: false,
    async refresh() {
      for (const { hourly, daily } of allRollups)
        for (const view of [hourly, daily])
          await database.query(
            `CALL refresh_continuous_aggregate('${view}', NULL, NULL)`,
          );
    },
  };
}
