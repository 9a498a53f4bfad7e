import { ConflictError } from '@backstage/errors';
import type { Queryable } from '../reads/sql';

/**
 * Refuses a role that may do more than read: the read-only transaction is the second line, not
 * the first. Tables of extensions do not count: pg_cron lets everybody delete the runs of their own jobs.
 * @throws ConflictError that names the right that is too much
 */
export async function requireReader(database: Queryable): Promise<void> {
  const { rows } = await database.query<{
    role: string;
    excess: string | null;
  }>(
    `SELECT current_user AS role, coalesce(
      (SELECT 'is a superuser or may create roles and databases' FROM pg_catalog.pg_roles
        WHERE rolname = current_user AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)),
      (SELECT 'is a member of ' || rolname FROM pg_catalog.pg_roles
        WHERE rolname IN ('pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
          'pg_execute_server_program', 'pg_signal_backend', 'pg_maintain', 'pg_checkpoint', 'pg_create_subscription')
          AND pg_catalog.pg_has_role(oid, 'MEMBER') LIMIT 1),
      (SELECT 'may change ' || n.nspname || '.' || c.relname
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND n.nspname !~ '^(pg_toast|pg_temp|_timescaledb_)'
          AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e') LIMIT 1),
      (SELECT 'may call ' || e.extname || ', which connects to other servers'
        FROM pg_catalog.pg_extension AS e
        JOIN pg_catalog.pg_depend AS d ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid
        JOIN pg_catalog.pg_proc AS p ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = d.objid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
        WHERE e.extname IN ('dblink', 'http', 'pg_net')
          AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE') LIMIT 1)
    ) AS excess`,
  );
  const [row] = rows;
  if (row === undefined || row.excess !== null)
    throw new ConflictError(
      `No queries run here: the role ${row?.role} ${row?.excess}. Configure a role that may only read; the README of the plugin says how to make one.`,
    );
}
