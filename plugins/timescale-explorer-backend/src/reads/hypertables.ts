import type {
  Chunk,
  Hypertable,
  HypertableResponse,
} from '@homelab/plugin-timescale-explorer-common';
import { iso, milliseconds } from './sql';
import type { Queryable } from './sql';
import { summarizeChunks } from './summarizeChunks';

/** A hypertable by its name. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** A chunk with the hypertable that it is part of. */
export interface SizedChunk extends Chunk {
  readonly table: string;
}

const namesOf = (one: TableName | undefined) => [
  one?.schema ?? null,
  one?.name ?? null,
];

const chosen = `tables AS (
    SELECT h.*, c.oid AS relation FROM timescaledb_information.hypertables AS h
    JOIN pg_namespace AS n ON n.nspname = h.hypertable_schema
    JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = h.hypertable_name
    WHERE $1::text IS NULL OR (h.hypertable_schema = $1 AND h.hypertable_name = $2)
  )`;

/** What a hypertable is, without what follows from its chunks. */
type Described = Omit<Hypertable, keyof ReturnType<typeof summarizeChunks>>;

/** Hypertables with their sizes, the largest first; one, or all. */
export async function readHypertables(
  database: Queryable,
  nowMs: number,
  one?: TableName,
): Promise<{ hypertables: Hypertable[]; chunks: SizedChunk[] }> {
  const { rows } = await database.query<Described>(
    `WITH ${chosen}
    SELECT t.hypertable_schema AS schema, t.hypertable_name AS name, t.owner,
      d.column_name AS "timeColumn", ${milliseconds('d.time_interval')} AS "chunkIntervalMs",
      nullif(approximate_row_count(t.relation), -1)::double precision AS rows,
      EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = t.relation AND i.indisunique) AS "hasUniqueKey",
      t.compression_enabled AS "isColumnstoreOn", c.segmentby AS "segmentBy", c.orderby AS "orderBy"
    FROM tables AS t
    JOIN timescaledb_information.dimensions AS d
      ON d.hypertable_schema = t.hypertable_schema AND d.hypertable_name = t.hypertable_name AND d.dimension_number = 1
    LEFT JOIN timescaledb_information.hypertable_compression_settings AS c ON c.hypertable::oid = t.relation`,
    namesOf(one),
  );
  const chunks = await readChunks(database, one);
  const hypertables = rows.map(row => {
    const own = chunks.filter(
      ({ table }) => table === `${row.schema}.${row.name}`,
    );
    // A table that was never analyzed is estimated at 0 rows, however many it has.
    const isEstimated =
      own.length === 0 ||
      own.some(chunk => chunk.rows !== null || chunk.state !== 'rowstore');
    return {
      ...row,
      rows: isEstimated ? row.rows : null,
      ...summarizeChunks(own, nowMs),
    };
  });
  return { hypertables: hypertables.sort((a, b) => b.bytes - a.bytes), chunks };
}

/**
 * Chunks with their sizes in one query, the oldest first. A chunk of a table that may have a
 * columnstore is measured by TimescaleDB, which knows where its columns are; others by PostgreSQL,
 * which is four times as fast.
 */
async function readChunks(
  database: Queryable,
  one: TableName | undefined,
): Promise<SizedChunk[]> {
  const { rows } = await database.query<SizedChunk>(
    `WITH ${chosen}, measured AS (
      SELECT s.* FROM tables AS t CROSS JOIN LATERAL chunks_detailed_size(t.relation) AS s
      WHERE t.compression_enabled
    )
    SELECT t.hypertable_schema || '.' || t.hypertable_name AS "table", k.chunk_name AS name,
      ${iso('k.range_start')} AS "from", ${iso('k.range_end')} AS "to",
      CASE WHEN NOT k.is_compressed THEN 'rowstore' WHEN s.status & 8 > 0 THEN 'partial' ELSE 'columnstore' END AS state,
      coalesce(CASE WHEN NOT t.compression_enabled THEN pg_total_relation_size(c.oid) END, m.total_bytes, 0)::double precision AS bytes,
      CASE WHEN NOT k.is_compressed AND c.reltuples >= 0 THEN c.reltuples::double precision END AS rows
    FROM tables AS t
    JOIN timescaledb_information.chunks AS k USING (hypertable_schema, hypertable_name)
    JOIN pg_namespace AS n ON n.nspname = k.chunk_schema
    JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = k.chunk_name
    JOIN _timescaledb_catalog.chunk AS s ON s.schema_name = k.chunk_schema AND s.table_name = k.chunk_name
    LEFT JOIN measured AS m ON m.chunk_schema = k.chunk_schema AND m.chunk_name = k.chunk_name
    ORDER BY k.range_start, k.range_start_integer, k.chunk_name`,
    namesOf(one),
  );
  return rows;
}

/** What is in the columnstore: its size before its conversion, and now. */
export async function readConversion(
  database: Queryable,
  one: TableName,
  chunks: readonly SizedChunk[],
): Promise<HypertableResponse['conversion']> {
  const { rows } = await database.query<{ name: string; bytes: number }>(
    `WITH ${chosen}
    SELECT c.chunk_name AS name, c.before_compression_total_bytes::double precision AS bytes
    FROM tables AS t CROSS JOIN LATERAL chunk_compression_stats(t.relation) AS c
    WHERE c.before_compression_total_bytes IS NOT NULL`,
    namesOf(one),
  );
  if (rows.length === 0) return null;
  const converted = new Set(rows.map(({ name }) => name));
  const sum = (of: readonly { bytes: number }[]) =>
    of.reduce((total, { bytes }) => total + bytes, 0);
  return {
    chunks: rows.length,
    bytesBefore: sum(rows),
    bytesNow: sum(chunks.filter(({ name }) => converted.has(name))),
  };
}
