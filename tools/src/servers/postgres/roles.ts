/** The database of the readings, which is pg_cron's as well. */
export const homelabDatabase = 'homelab';

/**
 * Roles of the database server:
 *
 * - `postgres`: its superuser, used only to set up the others
 * - `homelab_owner`: owns tables, runs migrations and jobs
 * - `homelab_sink`: writes readings
 * - `homelab_control`: completes commands to heat pumps, and notes what their settings are
 * - `homelab_reader`: may read; the next three may read what it may, each with limits of its own
 * - `homelab_api`, `homelab_explorer`, `homelab_grafana`
 * - `homelab_live`: may read them too, and look up tokens and tickets of the live server
 * - `homelab_backup`: may read everything, to dump it
 * - `backstage`: owns the portal's database
 */
export type PostgresRole =
  | 'postgres'
  | 'homelab_owner'
  | 'homelab_sink'
  | 'homelab_control'
  | 'homelab_reader'
  | 'homelab_api'
  | 'homelab_live'
  | 'homelab_explorer'
  | 'homelab_grafana'
  | 'homelab_backup'
  | 'backstage';

/** The environment of a program that connects to the database as a role. */
export function postgresEnv(
  stack: {
    ports: { postgres: number };
    secrets: { postgres: Record<PostgresRole, string> };
  },
  role: PostgresRole,
): Record<string, string> {
  return {
    PGHOST: '127.0.0.1',
    PGPORT: String(stack.ports.postgres),
    PGUSER: role,
    PGPASSWORD: stack.secrets.postgres[role],
    PGDATABASE: homelabDatabase,
  };
}
