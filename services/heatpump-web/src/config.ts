import { ConfigError, envField, parseEnv } from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';

const dayMs = 86_400_000;

/** The environment variables, each with what it means. */
export const configSchema = z.object({
  WEB_HOST: envField
    .text()
    .default('127.0.0.1')
    .describe('Address that the page is served on'),
  WEB_PORT: envField
    .integer({ min: 0, max: 65_535 })
    .describe('Port of the page; 0 takes any free one'),
  WEB_PUBLIC_URL: envField
    .url({ protocols: ['https:', 'http:'] })
    .optional()
    .describe(
      'Address by which browsers reach the page through a proxy, such as `https://house.example.org`; with `https` cookies are sent over TLS only',
    ),
  WEB_API_URL: envField
    .url({ protocols: ['http:', 'https:'] })
    .describe('Address of the Homelab API'),
  WEB_LIVE_URL: envField
    .url({ protocols: ['http:', 'https:'] })
    .describe('Address of the WebSocket endpoint, with its path'),
  WEB_API_TOKEN: envField
    .text()
    .describe('Token of the API for both; it never reaches a browser'),
  WEB_PASSWORD_FILE: envField
    .text()
    .optional()
    .describe(
      'File with the hash of the household password; it is read at each sign-in, so a new one needs no restart',
    ),
  WEB_SESSIONS_FILE: envField
    .text()
    .optional()
    .describe(
      'File that keeps who is signed in over a restart; without it a restart signs everybody out',
    ),
  WEB_SESSION_LIFETIME: envField
    .durationMs()
    .default(60 * dayMs)
    .describe('A device that was not used for so long has to sign in again'),
  WEB_OIDC_ISSUER: envField
    .url({ protocols: ['https:', 'http:'] })
    .optional()
    .describe(
      'OpenID Connect issuer that signs people in instead of the household password',
    ),
  WEB_OIDC_CLIENT_ID: envField
    .text()
    .optional()
    .describe('Name of the page at the issuer'),
  WEB_OIDC_CLIENT_SECRET: envField
    .text()
    .optional()
    .describe('Secret of the page at the issuer, if it has one'),
  WEB_OIDC_USERS: envField
    .text()
    .optional()
    .describe(
      'Who may sign in: verified e-mail addresses or subjects, separated by commas',
    ),
});

/** The environment variables that the page's server reads. */
export const configKeys: readonly string[] = Object.keys(configSchema.shape);

/** An OpenID Connect issuer that signs people in. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** Verified e-mail addresses in lower case, or subjects. */
  readonly users: ReadonlySet<string>;
}

/** What the server of the page is told from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly api: {
    readonly url: string;
    readonly liveUrl: string;
    readonly token: string;
  };
  readonly signIn:
    | { readonly kind: 'password'; readonly file: string }
    | { readonly kind: 'oidc'; readonly oidc: OidcConfig };
  readonly sessions: {
    readonly file: string | undefined;
    readonly lifetimeMs: number;
  };
}

/** Reads the configuration; throws `ConfigError` that names every bad key. */
export function parseConfig(env: Env): Config {
  const parsed = parseEnv(configSchema, env);
  return Object.freeze({
    host: parsed.WEB_HOST,
    port: parsed.WEB_PORT,
    publicUrl: parsed.WEB_PUBLIC_URL,
    api: {
      url: parsed.WEB_API_URL,
      liveUrl: parsed.WEB_LIVE_URL,
      token: parsed.WEB_API_TOKEN,
    },
    signIn: signInOf(parsed),
    sessions: {
      file: parsed.WEB_SESSIONS_FILE,
      lifetimeMs: parsed.WEB_SESSION_LIFETIME,
    },
  });
}

function signInOf(parsed: z.output<typeof configSchema>): Config['signIn'] {
  const { WEB_OIDC_ISSUER: issuer, WEB_PASSWORD_FILE: file } = parsed;
  if (issuer === undefined) {
    if (file !== undefined) return { kind: 'password', file };
    throw missing(
      'WEB_PASSWORD_FILE',
      'Nobody could sign in: set WEB_PASSWORD_FILE, or WEB_OIDC_ISSUER for an OpenID Connect issuer.',
    );
  }
  const { WEB_OIDC_CLIENT_ID: clientId, WEB_OIDC_USERS: list = '' } = parsed;
  if (clientId === undefined)
    throw missing(
      'WEB_OIDC_CLIENT_ID',
      'Set WEB_OIDC_CLIENT_ID to the name of the page at the issuer.',
    );
  // The redirect address must be one that the issuer knows, not what a request claims.
  if (parsed.WEB_PUBLIC_URL === undefined)
    throw missing(
      'WEB_PUBLIC_URL',
      'Set WEB_PUBLIC_URL: the issuer has to know where to send people back to.',
    );
  const users = list.split(',').map(one => one.trim().toLowerCase());
  const named = users.filter(one => one !== '');
  if (named.length === 0)
    throw missing(
      'WEB_OIDC_USERS',
      'Set WEB_OIDC_USERS: an issuer may know people who do not belong to the household.',
    );
  return {
    kind: 'oidc',
    oidc: {
      issuer,
      clientId,
      clientSecret: parsed.WEB_OIDC_CLIENT_SECRET,
      users: new Set(named),
    },
  };
}

function missing(key: string, sentence: string): ConfigError {
  return new ConfigError([{ key, sentence }]);
}
