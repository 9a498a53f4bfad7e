import { isExactNumber, isOneOf, parseExactJson } from '@homelab/dead-letters';
import { maskedText } from '@homelab/plugin-dead-letters-common';

/** What nobody may see of a record, as configured. */
export interface MaskConfig {
  /**
   * Fields of JSON values: a name (`email`) or the end of a path (`customer.email`) anywhere,
   * a whole path from the root with `$.`; `*` stands for any text of one name. Lists are
   * passed through. Upper and lower case are the same.
   */
  readonly fields: readonly string[];
  /** Names of headers; `*` stands for any text. */
  readonly headers: readonly string[];
  /** Hides keys altogether. */
  readonly keys: boolean;
  /** Hides values altogether that are no JSON objects or lists. */
  readonly unparsed: boolean;
}

/** JSON with its secrets replaced, and what they were. */
export interface MaskedJson {
  readonly json: unknown;
  readonly isMasked: boolean;
}

/** Knows what of one record must not be seen; remembers what it has masked. */
export interface RecordMask {
  /** Replaces the fields that are masked. */
  json(value: unknown): MaskedJson;
  /** Takes bytes for a secret, wherever else they stand. */
  learn(secret: Buffer): void;
  /** Replaces, in any text of the record, what is masked elsewhere in it. */
  scrub(text: string): string;
  /** Whether something that is masked elsewhere stands in these bytes. */
  isIn(bytes: Buffer): boolean;
}

/** Decides what is masked. */
export interface Mask {
  readonly config: MaskConfig;
  isHeaderMasked(name: string): boolean;
  /** Begins with a record. */
  record(): RecordMask;
}

/** Shorter ones stand everywhere, and hiding them would only spoil what may be read. */
const minSecretLength = 3;
const maxSecrets = 5_000;

interface FieldPattern {
  readonly isFromRoot: boolean;
  /** Of each name of the path, from the last one back. */
  readonly names: readonly string[];
}

/** Creates what masks records. */
export function createMask(config: MaskConfig): Mask {
  const patterns = config.fields.map(parsePattern);
  const headers = config.headers.map(name => name.toLowerCase());
  return {
    config,
    isHeaderMasked: name => isOneOf(name.toLowerCase(), headers),
    record: () => createRecordMask(patterns),
  };
}

function parsePattern(field: string): FieldPattern {
  const isFromRoot = field.startsWith('$.');
  const path = isFromRoot ? field.slice(2) : field;
  return {
    isFromRoot,
    names: path
      .toLowerCase()
      .replaceAll(/\[[^\]]*\]/g, '')
      .split('.')
      .filter(name => name !== '')
      .reverse(),
  };
}

function createRecordMask(patterns: readonly FieldPattern[]): RecordMask {
  const secrets = new Set<string>();

  function remember(secret: string): void {
    if (secret.length < minSecretLength || secrets.size >= maxSecrets) return;
    secrets.add(secret);
    // As it stands within JSON.
    secrets.add(JSON.stringify(secret).slice(1, -1));
  }

  function rememberAll(value: unknown): void {
    if (isExactNumber(value)) remember(value.rawJSON);
    else if (typeof value === 'object' && value !== null)
      Object.values(value).forEach(rememberAll);
    else if (typeof value === 'string' || typeof value === 'number')
      remember(String(value));
  }

  function mask(value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map(one => mask(one, path));
    if (typeof value === 'string') return maskNested(value, path);
    if (typeof value !== 'object' || value === null || isExactNumber(value))
      return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        const inner = [name.toLowerCase(), ...path];
        if (!patterns.some(pattern => isMeant(inner, pattern)))
          return [name, mask(part, inner)];
        rememberAll(part);
        return [name, maskedText];
      }),
    );
  }

  /** JSON in a text field of JSON, as envelopes carry it. */
  function maskNested(text: string, path: readonly string[]): string {
    const value = parseContainer(text);
    if (value === undefined) return text;
    const masked = JSON.stringify(mask(value, path));
    return masked === JSON.stringify(value) ? text : masked;
  }

  /** The longest first, so that no secret is left over from one that begins like it. */
  const ordered = () => [...secrets].sort((a, b) => b.length - a.length);
  const scrub = (text: string) => {
    let clean = text;
    for (const secret of ordered())
      clean = clean.replaceAll(secret, maskedText);
    return clean;
  };

  return {
    json(value) {
      const masked = mask(value, []);
      const isMasked = JSON.stringify(masked) !== JSON.stringify(value);
      return { json: masked, isMasked };
    },
    learn(secret) {
      remember(secret.toString('utf8'));
    },
    scrub,
    isIn: bytes => ordered().some(secret => bytes.includes(secret)),
  };
}

function isMeant(
  path: readonly string[],
  { names, isFromRoot }: FieldPattern,
): boolean {
  if (isFromRoot ? path.length !== names.length : path.length < names.length)
    return false;
  return names.every((name, index) => isOneOf(path[index], [name]));
}

/** A JSON object or list; undefined when the text is none. */
export function parseContainer(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
