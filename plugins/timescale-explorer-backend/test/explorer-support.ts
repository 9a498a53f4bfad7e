import { mockServices } from '@backstage/backend-test-utils';
import { testServers, uniqueName } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { Client, escapeIdentifier } from 'pg';

/** A configuration of these databases. */
export const configOf = (databases: readonly object[]) =>
  mockServices.rootConfig({
    data: JSON.parse(JSON.stringify({ timescaleExplorer: { databases } })),
  });

/**
 * A role with the rights of `homelab_explorer`, dropped when the test ends. The role itself has few
 * connections, which all tests would share.
 */
export async function createExplorerRole(
  t: TestScope,
): Promise<{ user: string; password: string }> {
  const { host, port, passwords } = testServers().postgres;
  const user = uniqueName('explorer');
  const name = escapeIdentifier(user);
  const superuser = new Client({
    ...{ host, port, database: 'postgres', user: 'postgres' },
    password: passwords.postgres,
  });
  await superuser.connect();
  t.onTestFinished(async () => {
    await superuser.query(`DROP ROLE ${name}`);
    await superuser.end();
  });
  await superuser.query(
    `CREATE ROLE ${name} LOGIN PASSWORD 'explorer' IN ROLE homelab_explorer`,
  );
  return { user, password: 'explorer' };
}
