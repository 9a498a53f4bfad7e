import { expect, test } from 'vitest';
import { formatTokens, parseExpiry } from './token.ts';

const now = Date.parse('2026-11-01T12:00:00Z');

test('a token expires after whole days, or never', () => {
  expect(parseExpiry('1d', now)).toEqual(new Date('2026-11-02T12:00:00Z'));
  expect(parseExpiry('never', now)).toBeNull();
});

test.each(['', '0d', '90', '-1d', '9999d', '1h', 'soon'])(
  'an expiry of "%s" is refused',
  text => {
    expect(() => parseExpiry(text, now)).toThrow(/from 1d to 3650d, or never/);
  },
);

test('the table says which tokens are still accepted', () => {
  const token = {
    id: 'a1',
    name: 'wall display',
    scopes: ['readings:read'] as const,
    createdAt: new Date('2026-10-01T00:00:00Z'),
    expiresAt: null,
    revokedAt: null,
  };
  const table = formatTokens(
    [
      token,
      { ...token, id: 'b2', expiresAt: new Date('2026-10-31T00:00:00Z') },
      { ...token, id: 'c3', revokedAt: new Date('2026-10-15T00:00:00Z') },
    ],
    now,
  );
  expect(table).toMatch(/a1 .* never expires/);
  expect(table).toMatch(/b2 .* expired/);
  expect(table).toMatch(/c3 .* revoked 2026-10-15/);
});
