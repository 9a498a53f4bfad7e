import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually, fileScope } from '@homelab/test-kit';
import {
  apiScopes,
  createApiToken,
  listApiTokens,
  revokeApiToken,
} from '@homelab/timescale-schema';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildOpenApi } from '../src/openapi.ts';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
let api: TestApi;

beforeAll(async () => {
  api = await startApi(file);
}, 60_000);

const documented = Object.entries(buildOpenApi().paths)
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path
        .replace('{stream}', 'energy')
        .replace('{deviceId}', 'meter')
        .replace('{setting}', 'target_temp')
        .replace('{commandId}', '7f1f5d2e-6d1c-4b3c-9f5e-0a1b2c3d4e5f'),
      scope: operation.security[0]?.token[0],
    })),
  )
  .map((one, index) => ({ ...one, index }));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('the document names routes', () => {
  expect(documented.length).toBeGreaterThan(3);
});

/** Wrong tokens from one address are slowed down: a few routes may share an allowance. */
const routesPerApi = 10;
const allowances: Promise<TestApi>[] = [];
function apiOf(index: number): Promise<TestApi> {
  const place = Math.floor(index / routesPerApi);
  allowances[place] ??= startApi(file, { database: api.database });
  return allowances[place];
}

describe.each(documented)('$method $path', ({ method, path, scope, index }) => {
  test('is closed without a token, with a wrong one and with one of another scope', async () => {
    const own = await apiOf(index);
    const ask = (headers: Record<string, string>) =>
      fetch(`${own.url}${path}`, { method, headers });
    const basic = { authorization: 'Basic YTpi' };
    for (const headers of [{}, basic, bearer('x'), bearer(createApiToken())]) {
      const response = await ask(headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
    }
    const others = apiScopes.filter(one => one !== scope);
    const other = await own.addToken({ scopes: others });
    const response = await ask(bearer(other));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  });
});

test('only the document and its page are open', async () => {
  for (const path of ['/openapi.json', '/docs', '/docs/swagger-ui-bundle.js'])
    expect((await api.get(path, {})).status).toBe(200);
  const page = await api.get('/docs', {});
  expect(page.headers.get('content-security-policy')).toContain("'self'");
});

test('a page of another origin is allowed nothing', async () => {
  const origin = 'https://elsewhere.example';
  const asked = await api.get('/api/v1/devices', {
    ...bearer(api.token),
    origin,
  });
  expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  const preflight = await fetch(`${api.url}/api/v1/devices`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  });
  expect(preflight.status).toBe(405);
});

test('an expired token and, soon, a revoked one are refused', async () => {
  // With an allowance of wrong tokens that other tests have not used up.
  const own = await startApi(file, { database: api.database });
  const expired = await own.addToken({ expiresAt: new Date(Date.now() - 1) });
  expect((await own.get('/api/v1/devices', bearer(expired))).status).toBe(401);
  const token = await own.addToken({ scopes: ['readings:read'] });
  expect((await own.get('/api/v1/devices', bearer(token))).status).toBe(200);
  const owner = await api.database.connect('homelab_owner');
  const [newest] = await listApiTokens(owner);
  await revokeApiToken(owner, newest?.id ?? '');
  await eventually(async () => {
    expect((await own.get('/api/v1/devices', bearer(token))).status).toBe(401);
  });
});

test('the database keeps no token, and only the API sees the hashes', async () => {
  const owner = await api.database.connect('homelab_owner');
  const { rows } = await owner.query('SELECT * FROM api_tokens');
  expect(JSON.stringify(rows)).not.toContain(api.token);
  const denied = { code: '42501' };
  for (const role of ['homelab_reader', 'homelab_sink'] as const) {
    const client = await api.database.connect(role);
    await expect(
      client.query('SELECT * FROM api_tokens'),
    ).rejects.toMatchObject(denied);
  }
  const own = await api.database.connect('homelab_api');
  await own.query('SET default_transaction_read_only = off');
  for (const sql of ['DELETE FROM api_tokens', 'DELETE FROM energy_readings'])
    await expect(own.query(sql)).rejects.toMatchObject(denied);
});

test('wrong tokens from one address are slowed down', async () => {
  const own = await startApi(file, { database: api.database });
  const statuses = [];
  for (let sent = 0; sent < 70; sent += 1)
    statuses.push((await own.get('/api/v1/devices', bearer('x'))).status);
  expect(statuses.at(0)).toBe(401);
  expect(statuses.at(-1)).toBe(429);
  expect((await own.get('/api/v1/devices')).status).toBe(200);
});

describe('with an OpenID Connect issuer', () => {
  let signed: (claims: object, options?: { key?: 'other' }) => Promise<string>;
  let withIssuer: TestApi;

  beforeAll(async () => {
    const [own, other] = [
      await generateKeyPair('ES256'),
      await generateKeyPair('ES256'),
    ];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'ES256' };
    let issuer = '';
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(
          request.url === '/jwks'
            ? { keys: [jwk] }
            : { issuer, jwks_uri: `${issuer}/jwks` },
        ),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    file.onTestFinished(() => void server.close());
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    withIssuer = await startApi(file, {
      database: api.database,
      oidc: { issuer, audience: 'homelab-api' },
    });
    signed = (claims, { key } = {}) =>
      new SignJWT({ iss: issuer, aud: 'homelab-api', sub: 'eva', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setExpirationTime('exp' in claims ? Number(claims.exp) : '5m')
        .sign(key === 'other' ? other.privateKey : own.privateKey);
  });

  const status = async (token: string) =>
    (await withIssuer.get('/api/v1/devices', bearer(token))).status;

  test('its access token is accepted with the scopes it names', async () => {
    expect(await status(await signed({ scope: 'openid readings:read' }))).toBe(
      200,
    );
    expect(await status(await signed({ scp: ['readings:read'] }))).toBe(200);
    expect(await status(await signed({ scope: 'openid' }))).toBe(403);
  });

  test('a token of another key, audience, issuer or time is not', async () => {
    const scope = 'readings:read';
    const wrong = [
      await signed({ scope }, { key: 'other' }),
      await signed({ scope, aud: 'somebody-else' }),
      await signed({ scope, iss: 'http://127.0.0.1:9' }),
      await signed({ scope, exp: 1 }),
    ];
    for (const token of wrong) expect(await status(token)).toBe(401);
    const [head, , signature] = (await signed({ scope })).split('.');
    const body = Buffer.from('{"sub":"eva","scope":"readings:read"}').toString(
      'base64url',
    );
    expect(await status(`${head}.${body}.${signature}`)).toBe(401);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await status(`${none}.${body}.x`)).toBe(401);
  });

  test('tokens of ours are accepted too', async () => {
    expect(await status(api.token)).toBe(200);
  });
});

test('an issuer that cannot be reached is said as that', async () => {
  const own = await startApi(file, {
    database: api.database,
    oidc: { issuer: 'http://127.0.0.1:9', audience: 'homelab-api' },
  });
  const response = await own.get('/api/v1/devices', bearer('a.b.c'));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'issuer_unavailable' });
});
