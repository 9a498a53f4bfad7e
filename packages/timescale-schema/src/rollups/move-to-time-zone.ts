import type { MigrationDatabase } from '../migration-database.ts';
import type { Edition } from '../read-migrations.ts';
import { runSteps } from '../run-migration.ts';
import type { MigrationVariables } from '../run-migration.ts';
import { communityTimeZoneSql } from './sql-community.ts';

/**
 * Makes the daily rollups anew from the hours, for days of another time zone. The settings
 * change last or together with the days, so that a run that is interrupted is done again.
 */
export async function moveToTimeZone(
  database: MigrationDatabase,
  edition: Edition,
  variables: MigrationVariables,
): Promise<void> {
  if (edition === 'apache')
    await database.query('SELECT set_rollup_time_zone($1)', [
      variables.site_time_zone,
    ]);
  else await runSteps(database, communityTimeZoneSql(), variables);
}
