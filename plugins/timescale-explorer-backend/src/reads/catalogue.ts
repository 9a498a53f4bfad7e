import type { CatalogueTable } from '@homelab/plugin-timescale-explorer-common';
import type { Queryable } from './sql';

/** More would make completion slow, and nobody would read them. */
const mostTables = 1000;

/** The tables and views that the role may read, without chunks and catalogues. */
export async function readCatalogue(
  database: Queryable,
  hasTimescale: boolean,
): Promise<CatalogueTable[]> {
  const timeColumn = hasTimescale
    ? `(SELECT d.column_name::text FROM timescaledb_information.dimensions AS d
        WHERE d.hypertable_schema = n.nspname AND d.hypertable_name = c.relname AND d.dimension_number = 1)`
    : 'NULL';
  const { rows } = await database.query<CatalogueTable>(
    `SELECT n.nspname AS schema, c.relname AS name, ${timeColumn} AS "timeColumn",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]')
        FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname !~ '^(pg_|information_schema$|_timescaledb_|timescaledb_)'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1, 2 LIMIT ${mostTables}`,
  );
  return rows;
}
