import { Client } from 'pg';
import { ensureApiToken, isApiToken } from './api-tokens.ts';
import type { ApiScope } from './api-tokens.ts';
import { migrate } from './migrate.ts';
import { siteTimeZones } from './site-zone.ts';
import { MigrationError } from './read-migrations.ts';

/**
 * One-shot process: migrates the database named by the `PG*` variables. It also ensures that the
 * API accepts the tokens of our own programs, which `API_PORTAL_TOKEN` and `API_WEB_TOKEN` name.
 * They may change settings of heat pumps only while `HEAT_PUMP_CONTROL` is `true`.
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
    await ensureOwnTokens();
  } catch (error) {
    // Our own errors are sentences for people; anything else is a defect and needs its stack.
    console.error(error instanceof MigrationError ? error.message : error);
    process.exitCode = 1;
  }
}

/** The programs of ours that read from the API: their names there, and the variables of their tokens. */
const ownTokens = { portal: 'API_PORTAL_TOKEN', web: 'API_WEB_TOKEN' } as const;

async function ensureOwnTokens(): Promise<void> {
  const given = Object.entries(ownTokens).flatMap(([name, variable]) => {
    const token = process.env[variable] ?? '';
    return token === '' ? [] : [{ name, variable, token }];
  });
  const wrong = given.find(({ token }) => !isApiToken(token));
  if (wrong !== undefined) {
    console.error(`${wrong.variable} is not a token of the API.`);
    process.exitCode = 1;
    return;
  }
  if (given.length === 0) return;
  const client = new Client({ application_name: 'homelab-migrations' });
  await client.connect();
  try {
    const scopes: readonly ApiScope[] =
      process.env.HEAT_PUMP_CONTROL === 'true'
        ? ['readings:read', 'settings:write']
        : ['readings:read'];
    for (const { name, token } of given)
      await ensureApiToken(client, { token, name, scopes });
  } finally {
    await client.end();
  }
}

void main();
