import { z } from 'zod';
import { logLevels } from './logger.ts';

/** The longest first. */
const millisecondsPerUnit: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

const durations = z.registry<{ unit: 'ms' }>();

/** Whether a field is one of `envField.durationMs()`, perhaps with checks of its own. */
export function isDuration(field: z.core.$ZodType): boolean {
  return durations.get(field) !== undefined;
}

/** Milliseconds as such a field reads them, in the longest unit that fits: `90000` is `90s`. */
export function durationText(ms: number): string {
  const [unit = 'ms', unitMs = 1] =
    Object.entries(millisecondsPerUnit).find(([, each]) => ms % each === 0) ??
    [];
  return `${ms / unitMs}${unit}`;
}

/** Fields for the schemas of `config.ts`; each reads a string of the environment. */
export const envField = {
  /** Any non-empty text. */
  text: () => z.string().min(1, 'it must not be empty'),

  /** A TCP port, 1 to 65535, as a number. */
  port: () => numberField('a port from 1 to 65535', 1, 65_535),

  /** A whole number from `min` to `max`. */
  integer: ({ min, max }: { min: number; max: number }) =>
    numberField(`a whole number from ${min} to ${max}`, min, max),

  /** A number from `min` to `max`, with or without decimals. */
  number: ({ min, max }: { min: number; max: number }) =>
    z.string().transform((text, context) => {
      const value = Number(text);
      if (text.trim() !== '' && value >= min && value <= max) return value;
      context.addIssue(`it must be a number from ${min} to ${max}`);
      return z.NEVER;
    }),

  /** `true` or `false`. */
  boolean: () =>
    z
      .enum(['true', 'false'], 'it must be true or false')
      .transform(text => text === 'true'),

  /** A duration with its unit, such as `250ms`, `30s`, `5m`, `12h` or `7d`, parsed to milliseconds. */
  durationMs: () =>
    z
      .string()
      .transform((text, context) => {
        const [, amount, unit] =
          /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
        const unitMs = millisecondsPerUnit[unit ?? ''];
        if (amount !== undefined && unitMs !== undefined) {
          return Math.round(Number(amount) * unitMs);
        }
        context.addIssue(
          'it must be a duration with its unit, such as 30s or 7d',
        );
        return z.NEVER;
      })
      .register(durations, { unit: 'ms' }),

  /** An absolute URL with one of the schemes, such as `mqtt:`, without user and password. */
  url: ({ protocols }: { protocols: readonly [string, ...string[]] }) =>
    z.string().refine(
      text => {
        const url = URL.parse(text);
        return (
          url !== null &&
          protocols.includes(url.protocol) &&
          url.username === '' &&
          url.password === ''
        );
      },
      `it must be a URL that begins with ${protocols.join('// or ')}// and contains no password`,
    ),

  /** A time zone of the IANA list, such as `Europe/Stockholm`. */
  timeZone: () =>
    z
      .string()
      .refine(
        isTimeZone,
        'it must be an IANA time zone such as Europe/Stockholm',
      ),
};

/** `MQTT_URL`, `MQTT_USERNAME`, `MQTT_PASSWORD`. */
export const mqttEnv = {
  MQTT_URL: envField.url({ protocols: ['mqtt:', 'mqtts:'] }),
  MQTT_USERNAME: envField.text(),
  MQTT_PASSWORD: envField.text(),
};

/** The standard names of PostgreSQL: `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`. */
export const postgresEnv = {
  PGHOST: envField.text(),
  PGPORT: envField.port(),
  PGUSER: envField.text(),
  PGPASSWORD: envField.text(),
  PGDATABASE: envField.text(),
};

/** `OPS_HOST`, `OPS_PORT` (0 takes any free port) and `LOG_LEVEL`; `runService` reads them. */
export const opsEnv = {
  OPS_HOST: envField.text().default('127.0.0.1'),
  OPS_PORT: numberField('a port from 0 to 65535', 0, 65_535),
  LOG_LEVEL: z
    .enum(logLevels, `it must be one of ${logLevels.join(', ')}`)
    .default('info'),
};

/** `SITE_TIME_ZONE`, by default the system's. */
export const siteEnv = {
  SITE_TIME_ZONE: envField
    .timeZone()
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
};

function numberField(what: string, min: number, max: number) {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    context.addIssue(`it must be ${what}`);
    return z.NEVER;
  });
}

function isTimeZone(text: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
