import type { MigrationDatabase } from '../migration-database.ts';

/** How the rollups of a database cut time. */
export interface RollupSettings {
  /** IANA zone whose days the daily rollups have. */
  readonly timeZone: string;
  /** How long after a UTC hour their hours begin, in milliseconds. */
  readonly hourOffsetMs: number;
}

/** Reads the settings; `undefined` while the database has no rollups. Any of our roles may. */
export async function readRollupSettings(
  database: MigrationDatabase,
): Promise<RollupSettings | undefined> {
  const table = await database.query<{ there: boolean }>(
    "SELECT to_regclass('rollup_settings') IS NOT NULL AS there",
  );
  if (table.rows[0]?.there !== true) return undefined;
  const { rows } = await database.query<{ zone: string; minutes: number }>(
    'SELECT time_zone AS zone, (extract(epoch FROM hour_offset) / 60)::integer AS minutes FROM rollup_settings',
  );
  const [row] = rows;
  return row && { timeZone: row.zone, hourOffsetMs: row.minutes * 60_000 };
}

/** The table in which writers say which hours they changed; the community edition has none. */
export const rollupChanges = {
  table: 'rollup_changes',
  columns: ['stream', 'device_id', 'bucket'],
} as const;

/** How a writer finds the hours that it has to mark. */
export type RollupChanges = Pick<RollupSettings, 'hourOffsetMs'>;

/** Tells how a writer marks hours; `undefined` where the database sees changes by itself. */
export async function readRollupChanges(
  database: MigrationDatabase,
): Promise<RollupChanges | undefined> {
  const { rows } = await database.query<{ there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [rollupChanges.table],
  );
  return rows[0]?.there === true ? readRollupSettings(database) : undefined;
}
