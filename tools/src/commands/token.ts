import { type Command, Option } from 'commander';
import {
  addApiToken,
  type ApiScope,
  apiScopes,
  type ApiToken,
  createApiToken,
  isApiScope,
  listApiTokens,
  revokeApiToken,
} from '@homelab/timescale-schema';
import { HomelabError } from '../homelab-error.ts';
import { formatTable } from '../table.ts';
import { withDatabase } from './database-connection.ts';

const dayMs = 24 * 3_600_000;
const maxDays = 3_650;

export function addToken(program: Command): void {
  const token = program
    .command('token')
    .description('tokens of the API: create, list, revoke');
  token
    .command('create')
    .description('make a token and print it, once')
    .argument('<NAME>', 'what it is for')
    .addOption(
      new Option('--scope <SCOPE,...>', `out of ${apiScopes.join(', ')}`)
        .default(['readings:read'], 'readings:read')
        .argParser(parseScopes),
    )
    .option('--expires <SPAN>', 'such as 90d, or never', '365d')
    .action(create);
  token
    .command('list')
    .description('every token: what it may do, and until when')
    .action(() =>
      withDatabase(async database => {
        const tokens = await listApiTokens(database);
        print(
          tokens.length === 0 ? 'There are no tokens.' : formatTokens(tokens),
        );
      }),
    );
  token
    .command('revoke')
    .description('refuse a token from now on')
    .argument('<ID>', 'as in "token list"')
    .action(revoke);
}

async function create(
  name: string,
  options: { scope: ApiScope[]; expires: string },
): Promise<void> {
  if (name.length > 100)
    throw new HomelabError('wrong-usage', 'A name has at most 100 characters.');
  const expiresAt = parseExpiry(options.expires, Date.now());
  await withDatabase(async database => {
    const token = createApiToken();
    const stored = await addApiToken(database, {
      token,
      name,
      scopes: options.scope,
      expiresAt,
    });
    // The token alone on stdout, so that it can be piped.
    process.stderr.write(
      `Token ${stored.id} for ${name}: ${stored.scopes.join(', ')}, ${describeExpiry(stored)}. It is shown only now:\n`,
    );
    print(token);
  });
}

async function revoke(id: string): Promise<void> {
  await withDatabase(async database => {
    const token = await revokeApiToken(database, id);
    if (token === undefined) {
      throw new HomelabError(
        'wrong-usage',
        `There is no token "${id}"; "./homelab token list" shows the ids.`,
      );
    }
    print(`Revoked ${token.id} (${token.name}). It is refused within 5 s.`);
  });
}

/** Tokens as a table for a person; times in UTC. */
export function formatTokens(
  tokens: readonly ApiToken[],
  nowMs = Date.now(),
): string {
  return formatTable(
    ['ID', 'NAME', 'SCOPES', 'CREATED', 'STATE'],
    tokens.map(token => [
      token.id,
      token.name,
      token.scopes.join(','),
      token.createdAt.toISOString().slice(0, 10),
      stateOf(token, nowMs),
    ]),
  );
}

function stateOf(token: ApiToken, nowMs: number): string {
  if (token.revokedAt)
    return `revoked ${token.revokedAt.toISOString().slice(0, 10)}`;
  const isOver = token.expiresAt !== null && token.expiresAt.getTime() <= nowMs;
  return isOver ? 'expired' : describeExpiry(token);
}

function describeExpiry({ expiresAt }: ApiToken): string {
  return expiresAt === null
    ? 'never expires'
    : `expires ${expiresAt.toISOString().slice(0, 10)}`;
}

/**
 * When a token expires, from a span such as 90d; null for never.
 * @throws HomelabError `wrong-usage`
 */
export function parseExpiry(text: string, nowMs: number): Date | null {
  if (text === 'never') return null;
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1]);
  if (days >= 1 && days <= maxDays) return new Date(nowMs + days * dayMs);
  throw new HomelabError(
    'wrong-usage',
    `--expires cannot be "${text}": give days from 1d to ${maxDays}d, or never.`,
  );
}

function parseScopes(text: string): ApiScope[] {
  const names = [...new Set(text.split(',').map(name => name.trim()))];
  if (names.every(isApiScope)) return names;
  throw new HomelabError(
    'wrong-usage',
    `--scope cannot be "${text}": give one or several of ${apiScopes.join(', ')}, separated by commas.`,
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
