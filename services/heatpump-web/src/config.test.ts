import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  WEB_PORT: '7010',
  WEB_API_URL: 'http://127.0.0.1:7008',
  WEB_LIVE_URL: 'http://127.0.0.1:7009/api/v1/live',
  WEB_API_TOKEN: 'a-secret-token',
};
const issuer = {
  WEB_OIDC_ISSUER: 'https://id.example.org',
  WEB_OIDC_CLIENT_ID: 'house',
  WEB_OIDC_USERS: 'Eva@example.org, 4711',
  WEB_PUBLIC_URL: 'https://house.example.org',
};

test('a household password is enough', () => {
  expect(parseConfig({ ...env, WEB_PASSWORD_FILE: '/p' })).toMatchObject({
    host: '127.0.0.1',
    port: 7010,
    signIn: { kind: 'password', file: '/p' },
    sessions: { lifetimeMs: 60 * 86_400_000 },
  });
});

test('an issuer takes its place, for the people that are named', () => {
  const { signIn } = parseConfig({ ...env, ...issuer });
  expect(signIn).toMatchObject({
    kind: 'oidc',
    oidc: { users: new Set(['eva@example.org', '4711']) },
  });
});

test.each([
  ['neither password nor issuer', {}, 'WEB_PASSWORD_FILE'],
  [
    'an issuer without a client',
    { ...issuer, WEB_OIDC_CLIENT_ID: '' },
    'WEB_OIDC_CLIENT_ID',
  ],
  [
    'an issuer that lets in everybody',
    { ...issuer, WEB_OIDC_USERS: ' , ' },
    'WEB_OIDC_USERS',
  ],
  [
    'an issuer without a way back',
    { ...issuer, WEB_PUBLIC_URL: '' },
    'WEB_PUBLIC_URL',
  ],
  [
    'an address with a password',
    { WEB_API_URL: 'http://a:b@c' },
    'WEB_API_URL',
  ],
])('%s is refused', (_, wrong, key) => {
  const parse = () => parseConfig({ ...env, ...wrong });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(key);
  expect(parse).not.toThrow('a-secret-token');
});
