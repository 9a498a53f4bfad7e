import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const host = 'house.local:7010';
const own = `http://${host}`;
const publicUrl = 'https://house.example.org';

test.each([
  ['our page', { host, origin: own }, undefined, true],
  [
    'our page, said twice',
    { host, origin: own, 'sec-fetch-site': 'same-origin' },
    undefined,
    true,
  ],
  [
    'our page without an origin',
    { host, 'sec-fetch-site': 'same-origin' },
    undefined,
    true,
  ],
  ['another site', { host, origin: 'http://evil.example' }, undefined, false],
  ['another port', { host, origin: 'http://house.local:80' }, undefined, false],
  [
    'a sister domain',
    { host, origin: own, 'sec-fetch-site': 'same-site' },
    undefined,
    false,
  ],
  ['a sandboxed frame', { host, origin: 'null' }, undefined, false],
  ['nobody', { host }, undefined, false],
  ['the public address', { host, origin: publicUrl }, publicUrl, true],
  [
    'the inner address, though there is a public one',
    { host, origin: own },
    publicUrl,
    false,
  ],
])('%s', (_, headers, url, same) => {
  expect(isSameOrigin(headers, url)).toBe(same);
});
