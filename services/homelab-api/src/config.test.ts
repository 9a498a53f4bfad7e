import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  PGHOST: '127.0.0.1',
  PGPORT: '5433',
  PGUSER: 'homelab_api',
  PGPASSWORD: 'a-secret',
  PGDATABASE: 'homelab',
  API_PORT: '7008',
};

test('only the database and the port have to be named', () => {
  expect(parseConfig(env)).toMatchObject({
    host: '127.0.0.1',
    port: 7008,
    database: { connections: 8, statementTimeoutMs: 5_000 },
    oidc: undefined,
    tariffFile: undefined,
  });
});

test('an issuer may be named', () => {
  const issuer = 'https://id.example.org/realms/home';
  expect(parseConfig({ ...env, API_OIDC_ISSUER: issuer }).oidc).toEqual({
    issuer,
    audience: 'homelab-api',
  });
});

test('every bad key is listed, never a value', () => {
  const parse = () =>
    parseConfig({
      ...env,
      API_PORT: '70000',
      API_OIDC_ISSUER: 'ftp://id',
      API_STATEMENT_TIMEOUT: 'soon',
    });
  expect(parse).toThrow(ConfigError);
  for (const key of ['API_PORT', 'API_OIDC_ISSUER', 'API_STATEMENT_TIMEOUT'])
    expect(parse).toThrow(key);
  expect(parse).not.toThrow('70000');
});
