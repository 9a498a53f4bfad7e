import { fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewPaths } from '../src/http/static-files.ts';
import { startWeb } from './web-fixture.ts';
import type { TestWeb } from './web-fixture.ts';

const file = fileScope(afterAll);
let web: TestWeb;

beforeAll(async () => {
  web = await startWeb(file);
});

const asBrowser = { accept: 'text/html,*/*' };

test('every view is the same document, asked for again each time', async () => {
  for (const path of viewPaths) {
    const answer = await web.ask(path, { headers: asBrowser });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<p>page</p>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
  const nowhere = await web.ask('/nowhere', { headers: asBrowser });
  expect(nowhere.status).toBe(404);
  expect(await nowhere.text()).toContain('<p>page</p>');
});

test('a file with a hash is kept for good, and sent compressed as it was built', async () => {
  const answer = await web.ask('/assets/app-1a2b.js', {
    // As fetch would undo the compression, which this is not.
    headers: { 'accept-encoding': 'identity' },
  });
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-type')).toMatch(/javascript/);
  const head = await web.ask('/assets/app-1a2b.js', {
    method: 'HEAD',
    headers: { 'accept-encoding': 'br' },
  });
  expect(head.headers.get('content-encoding')).toBe('br');
});

test('no other site can frame the page, run a script in it or read what it sends', async () => {
  const answer = await web.ask('/', { headers: asBrowser });
  const policy = answer.headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
  ])
    expect(policy).toContain(rule);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe(
    'same-origin',
  );
});

test('files outside the page are not served', async () => {
  for (const path of [
    '/../sessions.json',
    '/..%2fpassword',
    '/assets/../../password',
  ])
    expect((await web.ask(path)).status).toBe(404);
});
