import type { Queryable } from './sql';

/** Chunks that a columnstore policy should have converted by now. */
export interface LateChunks {
  /** `schema.name` of the hypertable. */
  table: string;
  jobId: string;
  count: number;
  oldest: string;
}

/** Chunks beyond their policy by more than one run of it. */
export async function readLateChunks(
  database: Queryable,
): Promise<LateChunks[]> {
  const { rows } = await database.query<LateChunks>(
    `SELECT k.hypertable_schema || '.' || k.hypertable_name AS "table", j.job_id::text AS "jobId",
      count(*)::int AS count, (array_agg(k.chunk_schema || '.' || k.chunk_name ORDER BY k.range_start))[1] AS oldest
    FROM timescaledb_information.jobs AS j
    JOIN timescaledb_information.chunks AS k USING (hypertable_schema, hypertable_name)
    WHERE j.proc_name = 'policy_compression' AND jsonb_typeof(j.config -> 'compress_after') = 'string'
      AND NOT k.is_compressed
      AND k.range_end < now() - (j.config ->> 'compress_after')::interval - j.schedule_interval
    GROUP BY 1, 2 ORDER BY 1`,
  );
  return rows;
}
