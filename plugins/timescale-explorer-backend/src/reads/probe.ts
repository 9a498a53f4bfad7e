import type { Server } from '@homelab/plugin-timescale-explorer-common';
import type { Queryable } from './sql';

interface Row {
  version: string;
  number: number;
  timescale: string | null;
  available: string | null;
  license: string | null;
  cron: boolean;
  cronReadable: boolean | null;
  bytes: number;
}

/** Finds out what a server is and offers. */
export async function probe(database: Queryable): Promise<Server> {
  const { rows } = await database.query<Row>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
      current_setting('server_version_num')::int AS number,
      (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescale,
      (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb') AS available,
      current_setting('timescaledb.license', true) AS license,
      EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') AS cron,
      (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = 'cron')
        AND (NOT row_security_active(to_regclass('cron.job')) OR EXISTS (
          SELECT FROM pg_policies AS p CROSS JOIN unnest(p.roles) AS r (name)
          WHERE p.schemaname = 'cron' AND p.tablename = 'job' AND p.policyname <> 'cron_job_policy'
            AND CASE r.name WHEN 'public' THEN true ELSE pg_has_role(r.name, 'USAGE') END)) AS "cronReadable",
      pg_database_size(current_database())::double precision AS bytes`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The probe of the server is empty.');
  return {
    postgresVersion: row.version,
    postgresMajor: Math.floor(row.number / 10_000),
    timescaleVersion: row.timescale,
    timescaleAvailable: row.available,
    edition: editionOf(row),
    cron: cronOf(row),
    bytes: row.bytes,
  };
}

function editionOf({ timescale, license }: Row): Server['edition'] {
  if (timescale === null) return 'none';
  return license === 'apache' ? 'apache' : 'community';
}

function cronOf({ cron, cronReadable }: Row): Server['cron'] {
  if (!cron) return 'absent';
  return cronReadable ? 'readable' : 'hidden';
}
