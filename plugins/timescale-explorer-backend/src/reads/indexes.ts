import type { TableName } from './hypertables';
import type { Queryable } from './sql';

/** An index of a hypertable with what all its chunks have of it. */
export interface IndexUse {
  schema: string;
  table: string;
  name: string;
  definition: string;
  isUnique: boolean;
  /** As of the last vacuum or analyze, which is a hundred times faster than asking each file. */
  bytes: number;
  scans: number;
}

/**
 * The indexes of hypertables. A chunk's index belongs to the one of its table that has the same
 * columns: the catalogue that would say so changes from version to version.
 */
export async function readIndexes(
  database: Queryable,
  one?: TableName,
): Promise<IndexUse[]> {
  const { rows } = await database.query<IndexUse>(
    `WITH members AS (
      SELECT n.nspname AS schema, c.relname AS "table", c.oid AS parent, k.oid AS member
      FROM timescaledb_information.hypertables AS h
      JOIN pg_namespace AS n ON n.nspname = h.hypertable_schema
      JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = h.hypertable_name
      JOIN pg_inherits AS i ON i.inhparent = c.oid
      JOIN pg_class AS k ON k.oid = i.inhrelid
      WHERE $1::text IS NULL OR (h.hypertable_schema = $1 AND h.hypertable_name = $2)
    ), used AS (
      SELECT m.parent, x.indkey::text AS columns, x.indisunique, sum(ic.relpages) AS pages,
        sum(coalesce(s.idx_scan, 0)) AS scans
      FROM members AS m JOIN pg_index AS x ON x.indrelid = m.member JOIN pg_class AS ic ON ic.oid = x.indexrelid
      LEFT JOIN pg_stat_all_indexes AS s ON s.indexrelid = x.indexrelid
      GROUP BY 1, 2, 3
    )
    SELECT DISTINCT m.schema, m."table", c.relname AS name, pg_get_indexdef(x.indexrelid) AS definition,
      x.indisunique AS "isUnique", (coalesce(u.pages, 0) * current_setting('block_size')::bigint)::double precision AS bytes,
      coalesce(u.scans, 0)::double precision AS scans
    FROM members AS m JOIN pg_index AS x ON x.indrelid = m.parent
    JOIN pg_class AS c ON c.oid = x.indexrelid
    LEFT JOIN used AS u ON u.parent = m.parent AND u.columns = x.indkey::text AND u.indisunique = x.indisunique
    ORDER BY 1, 2, 3`,
    [one?.schema ?? null, one?.name ?? null],
  );
  return rows;
}
