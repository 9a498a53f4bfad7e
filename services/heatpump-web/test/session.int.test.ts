import { readFile, stat, writeFile } from 'node:fs/promises';
import { hashPassword } from '@homelab/service-kit';
import { fileScope } from '@homelab/test-kit';
import { afterAll, expect, test } from 'vitest';
import { cookieOf, password, startWeb } from './web-fixture.ts';
import type { TestWeb } from './web-fixture.ts';

const file = fileScope(afterAll);

const signedIn = async (web: TestWeb, cookie: string) => {
  const response = await web.ask('/session', { headers: { cookie } });
  return ((await response.json()) as { signedIn: boolean }).signedIn;
};
const attempt = (web: TestWeb, body: unknown, headers = {}) =>
  web.ask('/session', { method: 'POST', body, headers });

test('the right password opens a session in a cookie that no script can read', async () => {
  const web = await startWeb(file);
  expect(await (await web.ask('/session')).json()).toEqual({
    signedIn: false,
    name: null,
    signIn: 'password',
  });
  const answer = await attempt(web, { password });
  expect(answer.status).toBe(204);
  const [cookie = ''] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^homelab-session=[\w-]{43};/);
  for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=3600'])
    expect(cookie).toContain(part);
  expect(cookie).not.toContain('Secure');
  expect(await signedIn(web, cookieOf(answer))).toBe(true);
});

test('over TLS the cookie is bound to the host and to TLS', async () => {
  const web = await startWeb(file, { publicUrl: 'https://house.example.org' });
  const answer = await attempt(web, { password });
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Host-homelab-session=.*; Secure/,
  );
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age/);
});

test('a wrong password, and what is no password, open nothing', async () => {
  const web = await startWeb(file);
  const wrong: [unknown, number, string][] = [
    [{ password: 'wrong' }, 401, 'wrong_password'],
    [{ password: '' }, 400, 'invalid_request'],
    [{ password: 'a'.repeat(257) }, 400, 'invalid_request'],
    [{ password: 'a'.repeat(9_000) }, 413, 'body_too_large'],
    [{ password: 3 }, 400, 'invalid_request'],
    [{ password, more: 1 }, 400, 'invalid_request'],
    [[], 400, 'invalid_request'],
  ];
  for (const [body, status, code] of wrong) {
    const answer = await attempt(web, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code, status });
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  const form = await fetch(`${web.url}/session`, {
    method: 'POST',
    headers: { origin: web.url, 'content-type': 'text/plain' },
    body: JSON.stringify({ password }),
  });
  expect(form.status).toBe(400);
});

test('guessing is slowed down, also when the guesses come at once', async () => {
  const web = await startWeb(file);
  const guesses = Array.from({ length: 30 }, (_, n) =>
    attempt(web, { password: `guess ${n}` }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter(status => status === 401).length).toBeLessThan(11);
  const last = await attempt(web, { password });
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('another site can neither sign in nor sign out', async () => {
  const web = await startWeb(file);
  const cookie = await web.signIn();
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) {
    const answer = await attempt(web, { password }, headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'cross_site' });
    const out = await web.ask('/session', {
      method: 'DELETE',
      headers: { ...headers, cookie },
    });
    expect(out.status).toBe(403);
  }
  expect(await signedIn(web, cookie)).toBe(true);
});

test('signing out ends the session, also for who kept the cookie', async () => {
  const web = await startWeb(file);
  const [mine, other] = [await web.signIn(), await web.signIn()];
  const out = await web.ask('/session', {
    method: 'DELETE',
    headers: { cookie: mine },
  });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()[0]).toMatch(/^homelab-session=;/);
  expect(await signedIn(web, mine)).toBe(false);
  expect(await signedIn(web, other)).toBe(true);
});

test('a session outlives a restart, and its file signs nobody in', async () => {
  const first = await startWeb(file);
  const cookie = await first.signIn();
  await first.stop();
  const stored = await readFile(first.sessionsFile, 'utf8');
  expect(stored).not.toContain(cookie.split('=')[1]);
  expect((await stat(first.sessionsFile)).mode & 0o777).toBe(0o600);
  const second = await startWeb(file, { files: first });
  expect(await signedIn(second, cookie)).toBe(true);
  await second.stop();

  await writeFile(first.sessionsFile, '{"sessions":[{');
  const third = await startWeb(file, { files: first });
  expect(await signedIn(third, cookie)).toBe(false);
  expect(third.log).toContainEqual(
    expect.objectContaining({ event: 'sessions-unreadable' }),
  );
});

test('a session ends when it was not used for its lifetime, and lasts while it is used', async () => {
  let clock = Date.now();
  const hourMs = 3_600_000;
  const web = await startWeb(file, {
    lifetimeMs: 10 * hourMs,
    now: () => clock,
  });
  const cookie = await web.signIn();
  for (const hours of [9, 9, 9]) {
    clock += hours * hourMs;
    expect(await signedIn(web, cookie)).toBe(true);
  }
  clock += 10 * hourMs;
  expect(await signedIn(web, cookie)).toBe(false);
});

test('a new password ends the sessions of the old one at once', async () => {
  const web = await startWeb(file);
  const cookie = await web.signIn();
  await writeFile(web.passwordFile, await hashPassword('another one'));
  expect(await signedIn(web, cookie)).toBe(false);
  expect((await attempt(web, { password })).status).toBe(401);
  expect((await attempt(web, { password: 'another one' })).status).toBe(204);
});

test('without a password nobody gets in, and the reason is told', async () => {
  const web = await startWeb(file);
  await writeFile(web.passwordFile, 'a-plain-password');
  const answer = await attempt(web, { password: 'a-plain-password' });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    code: 'sign_in_unavailable',
    detail: expect.stringContaining('./homelab password'),
  });
});
