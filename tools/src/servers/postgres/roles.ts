/** Roles of the database server; `postgres` is its superuser, used only to set up the others. */
export type PostgresRole =
  | 'postgres'
  | 'homelab_owner'
  | 'homelab_sink'
  | 'homelab_reader'
  | 'homelab_api'
  | 'backstage';

/** How one of our programs reaches the database as a role. */
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
    PGDATABASE: 'homelab',
  };
}
