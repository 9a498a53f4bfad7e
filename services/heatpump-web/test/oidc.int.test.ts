import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileScope } from '@homelab/test-kit';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, startWeb } from './web-fixture.ts';
import type { TestWeb } from './web-fixture.ts';

const file = fileScope(afterAll);
let issuer: string;
let web: TestWeb;

/** Signs in, without asking, whom the next sign-in is for. */
let person = 'eva';

beforeAll(async () => {
  const port = await freePort();
  const webPort = await freePort();
  issuer = `http://127.0.0.1:${port}`;
  const publicUrl = `http://127.0.0.1:${webPort}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'house',
        client_secret: 'a-secret-of-the-house',
        redirect_uris: [`${publicUrl}/session/callback`],
      },
    ],
    cookies: { keys: ['a-key-of-the-test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        email: `${sub}@example.org`,
        email_verified: sub !== 'mallory',
      }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/'))
      return void answer(request, response);
    return void approve(provider, request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  file.onTestFinished(() => void server.close());
  web = await startWeb(file, {
    port: webPort,
    publicUrl,
    oidc: {
      ...{ issuer, clientId: 'house', clientSecret: 'a-secret-of-the-house' },
      users: new Set(['eva@example.org', 'mallory@example.org']),
    },
  });
});

/** What a person would do at the issuer: say who they are, and agree. */
async function approve(
  provider: Provider,
  ...[request, response]: Parameters<ReturnType<Provider['callback']>>
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({
    accountId: person,
    clientId: String(params.client_id),
  });
  grant.addOIDCScope('openid email');
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: person },
    consent: { grantId },
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Follows redirects as a browser does, with its cookies, until one leads to the page. */
async function follow(start: string, cookie: string): Promise<string> {
  const jar = new Map<string, string>();
  let address = start;
  for (let hops = 0; hops < 12; hops += 1) {
    if (address.startsWith(`${web.url}/session/callback`)) return address;
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(pair => pair.join('=')).join('; ') },
    });
    for (const one of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (one.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`${response.status} ${await response.text()} ${cookie}`);
    address = new URL(location, address).href;
  }
  throw new Error('The issuer sends in circles.');
}

async function begin() {
  const start = await web.ask('/session/start');
  expect(start.status).toBe(302);
  const [cookie = ''] = start.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  const location = start.headers.get('location') ?? '';
  expect(new URL(location).searchParams.get('code_challenge_method')).toBe(
    'S256',
  );
  return { pending: cookieOf(start), location };
}

async function signInAs(name: string): Promise<Response> {
  person = name;
  const { pending, location } = await begin();
  const callback = await follow(location, pending);
  return web.ask(callback.slice(web.url.length), {
    headers: { cookie: pending },
  });
}

test('a person of the household is signed in at the issuer', async () => {
  const back = await signInAs('eva');
  expect(back.headers.get('location')).toBe('/');
  const session = await web.ask('/session', {
    headers: { cookie: cookieOf(back) },
  });
  expect(await session.json()).toEqual({
    signedIn: true,
    name: 'eva@example.org',
    signIn: 'issuer',
  });
});

test('somebody else, and an address that is not verified, are not', async () => {
  for (const name of ['stranger', 'mallory']) {
    const back = await signInAs(name);
    expect(back.headers.get('location')).toBe('/?sign-in=not_allowed');
    expect(cookieOf(back)).not.toContain('homelab-session');
  }
});

test('a way back that another device began, or that comes twice, opens nothing', async () => {
  person = 'eva';
  const { pending, location } = await begin();
  const callback = (await follow(location, pending)).slice(web.url.length);
  const other = await begin();
  for (const cookie of ['', other.pending]) {
    const back = await web.ask(callback, { headers: { cookie } });
    expect(back.headers.get('location')).toMatch(/^\/\?sign-in=/);
  }
  const right = await web.ask(callback, { headers: { cookie: pending } });
  expect(right.headers.get('location')).toBe('/');
  const again = await web.ask(callback, { headers: { cookie: pending } });
  expect(again.headers.get('location')).toBe('/?sign-in=signed_out');
});

test('there is no password beside it', async () => {
  const answer = await web.ask('/session', {
    method: 'POST',
    body: { password: 'x' },
  });
  expect(answer.status).toBe(405);
});

test('an issuer that is away is told on the page', async () => {
  const alone = await startWeb(file, {
    publicUrl: 'https://house.example.org',
    oidc: {
      ...{ issuer: 'http://127.0.0.1:9', clientId: 'house' },
      ...{ clientSecret: undefined, users: new Set(['eva']) },
    },
  });
  const start = await alone.ask('/session/start');
  expect(start.headers.get('location')).toBe('/?sign-in=sign_in_unavailable');
});
