import { Client } from 'pg';
import { ensureApiToken, isApiToken } from './api-tokens.ts';
import { migrate } from './migrate.ts';
import { siteTimeZones } from './site-zone.ts';
import { MigrationError } from './read-migrations.ts';

/**
 * One-shot process: migrates the database named by the `PG*` variables. With `API_PORTAL_TOKEN`
 * it also ensures that the API accepts the portal's token.
 */
async function main(): Promise<void> {
  try {
    const { applied, alreadyThere } = await migrate({
      ...siteTimeZones(process.env),
      logger: { info: (_fields, message) => console.log(message) },
    });
    console.log(
      `The schema is up to date: ${applied.length} migrations applied, ${alreadyThere.length} were applied before.`,
    );
    const token = process.env.API_PORTAL_TOKEN ?? '';
    if (token !== '') await ensurePortalToken(token);
  } catch (error) {
    // Our own errors are sentences for people; anything else is a defect and needs its stack.
    console.error(error instanceof MigrationError ? error.message : error);
    process.exitCode = 1;
  }
}

async function ensurePortalToken(token: string): Promise<void> {
  if (!isApiToken(token)) {
    console.error('API_PORTAL_TOKEN is not a token of the API.');
    process.exitCode = 1;
    return;
  }
  const client = new Client({ application_name: 'homelab-migrations' });
  await client.connect();
  try {
    await ensureApiToken(client, {
      token,
      name: 'portal',
      scopes: ['readings:read'],
    });
  } finally {
    await client.end();
  }
}

void main();
