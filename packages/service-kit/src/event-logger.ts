/** The logger interface of our libraries: fields first, then a fixed message. */
export interface EventLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

type Fields = Record<string, string | number | boolean | null>;

/** A logger that takes the message first and then plain fields, as Backstage's does. */
interface MessageLogger {
  debug(message: string, fields: Fields): void;
  info(message: string, fields: Fields): void;
  warn(message: string, fields: Fields): void;
  error(message: string, fields: Fields): void;
}

/** Adapts a logger that takes the message first, such as Backstage's. */
export function toEventLogger(logger: MessageLogger): EventLogger {
  return {
    debug: (fields, message) => logger.debug(message, plain(fields)),
    info: (fields, message) => logger.info(message, plain(fields)),
    warn: (fields, message) => logger.warn(message, plain(fields)),
    error: (fields, message) => logger.error(message, plain(fields)),
  };
}

function plain(fields: object): Fields {
  const result: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    result[name] = isPlain(value) ? value : String(value);
  }
  return result;
}

function isPlain(value: unknown): value is Fields[string] {
  return (
    value === null || ['string', 'number', 'boolean'].includes(typeof value)
  );
}
