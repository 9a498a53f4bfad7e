import { pino, stdSerializers } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger };

/** Levels for `LOG_LEVEL`, most verbose first. */
export const logLevels = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'silent',
] as const;
export type LogLevel = (typeof logLevels)[number];

const secretNames = [
  'password',
  'PGPASSWORD',
  'MQTT_PASSWORD',
  'secret',
  'token',
  'authorization',
  'cookie',
];

/**
 * Creates a logger that writes one JSON line per event: `level` as a word, `time` in ISO
 * 8601, `component`, and the given fields. Call it with fields first, `event` among them,
 * and a fixed message. An error goes under `err` and keeps its code and cause. Values of
 * fields with secret names are redacted, at the top and one level down.
 */
export function createLogger(options: {
  component: string;
  level?: LogLevel;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}): Logger {
  const { component, level = 'info', destination } = options;
  const settings = {
    level,
    base: { component },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.errWithCause },
    redact: {
      paths: secretNames.flatMap(name => [name, `*.${name}`]),
      censor: '[redacted]',
    },
  };
  return destination === undefined
    ? pino(settings)
    : pino(settings, destination);
}
