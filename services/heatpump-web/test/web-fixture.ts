import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createRegistry, hashPassword } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { createMemoryLog, createTestDatabase } from '@homelab/test-kit';
import type { LogLine, TestDatabase, TestScope } from '@homelab/test-kit';
import {
  addApiToken,
  apiScopes,
  createApiToken,
  migrate,
} from '@homelab/timescale-schema';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';

export const password = 'eight-windy-otters';

/** The API as its own process, over a database of its own. */
export interface HouseApi {
  readonly url: string;
  readonly token: string;
  readonly database: TestDatabase;
}

const apiMain = resolve(import.meta.dirname, '../../homelab-api/src/main.ts');

/** Starts the Homelab API, and stops it when the test ends. */
export async function startHouseApi(t: TestScope): Promise<HouseApi> {
  const database = await createTestDatabase(t);
  await migrate({
    connection: database.connection('homelab_owner'),
    siteTimeZone: 'Europe/Stockholm',
  });
  const owner = await database.connect('homelab_owner');
  const token = createApiToken();
  await addApiToken(owner, {
    ...{ token, name: 'web', scopes: apiScopes },
    expiresAt: null,
  });
  const { host, port, user, ...rest } = database.connection('homelab_api');
  const child = spawn(process.execPath, [apiMain], {
    env: {
      PATH: process.env.PATH,
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGPASSWORD: rest.password,
      PGDATABASE: rest.database,
      API_PORT: '0',
      API_HEAT_PUMP_CONTROL: 'true',
      OPS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  t.onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (isListening(said)) {
      child.stdout.resume();
      return { url: `http://127.0.0.1:${said.port}`, token, database };
    }
  }
  throw new Error('The Homelab API ended before it listened.');
}

function isListening(said: unknown): said is { port: number } {
  return (
    typeof said === 'object' &&
    said !== null &&
    'event' in said &&
    said.event === 'api-listening'
  );
}

/** A running server of the page. */
export interface TestWeb {
  readonly url: string;
  readonly port: number;
  readonly registry: Registry;
  readonly log: readonly LogLine[];
  readonly passwordFile: string;
  readonly sessionsFile: string;
  /** Sends a request as the page does: from its own origin. */
  ask(
    path: string,
    options?: {
      method?: string;
      body?: unknown;
      headers?: Record<string, string>;
    },
  ): Promise<Response>;
  /** Signs in; the `Cookie` header of then. */
  signIn(): Promise<string>;
  stop(): Promise<void>;
}

/** The overrides of a test. */
export interface WebOptions {
  readonly api?: Partial<Config['api']>;
  readonly publicUrl?: string;
  readonly oidc?: Extract<Config['signIn'], { kind: 'oidc' }>['oidc'];
  readonly lifetimeMs?: number;
  readonly port?: number;
  readonly now?: () => number;
  /** Instead of new ones, as after a restart. */
  readonly files?: { passwordFile: string; sessionsFile: string };
}

/** Starts a server of a small page, and stops it when the test ends. */
export async function startWeb(
  t: TestScope,
  options: WebOptions = {},
): Promise<TestWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'heatpump-web-'));
  t.onTestFinished(() => rm(folder, { recursive: true }));
  const pageFolder = await writePage(join(folder, 'page'));
  const files = {
    passwordFile: options.files?.passwordFile ?? join(folder, 'password'),
    sessionsFile: options.files?.sessionsFile ?? join(folder, 'sessions.json'),
  };
  if (options.files === undefined)
    await writeFile(files.passwordFile, await hashPassword(password));
  const { logger, lines } = createMemoryLog({ level: 'warn' });
  const registry = createRegistry('web');
  const app = createApp({
    config: {
      host: '127.0.0.1',
      port: options.port ?? 0,
      publicUrl: options.publicUrl,
      api: {
        url: 'http://127.0.0.1:9',
        liveUrl: 'http://127.0.0.1:9/api/v1/live',
        token: createApiToken(),
        ...options.api,
      },
      signIn: options.oidc
        ? { kind: 'oidc', oidc: options.oidc }
        : { kind: 'password', file: files.passwordFile },
      sessions: {
        file: files.sessionsFile,
        lifetimeMs: options.lifetimeMs ?? 3_600_000,
      },
    },
    logger,
    registry,
    pageFolder,
    ...(options.now && { now: options.now }),
  });
  t.onTestFinished(() => app.stop());
  await app.start();
  const url = `http://127.0.0.1:${app.port}`;
  const ask: TestWeb['ask'] = (path, { method, body, headers } = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...(method && { method }),
      headers: {
        origin: options.publicUrl ?? url,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    ...{ url, port: app.port, registry, log: lines },
    ...files,
    ask,
    async signIn() {
      const response = await ask('/session', {
        method: 'POST',
        body: { password },
      });
      if (response.status !== 204)
        throw new Error(`${response.status} ${await response.text()}`);
      return cookieOf(response);
    },
    stop: () => app.stop(),
  };
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map(one => one.split(';')[0] ?? '')
    .join('; ');
}

async function writePage(folder: string): Promise<string> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><p>page</p>');
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'let a = 1;');
  await writeFile(join(folder, 'assets/app-1a2b.js.br'), 'as-brotli');
  return folder;
}
