import { isExactNumber, parseExactJson } from '@homelab/dead-letters';
import { isOneOf } from '@homelab/kafka';
import { maskedText } from '@homelab/plugin-dead-letters-common';

/** What to hide of records. */
export interface MaskConfig {
  /**
   * JSON fields: a name (`email`), the end of a path (`customer.email`), or a whole path
   * (`$.customer.email`); `*` matches any text within a name. Lists are looked into. Case is
   * ignored.
   */
  readonly fields: readonly string[];
  /** Header names; `*` matches any text. */
  readonly headers: readonly string[];
  /** Hides keys. */
  readonly keys: boolean;
  /** Hides values that are not a JSON object or list. */
  readonly unparsed: boolean;
}

/** JSON with its secrets replaced. */
export interface MaskedJson {
  readonly json: unknown;
  readonly isMasked: boolean;
}

/** Masks one record, and remembers the secrets it has found in it. */
export interface RecordMask {
  /** Replaces masked fields, and remembers their values. */
  json(value: unknown): MaskedJson;
  /** Remembers bytes as a secret. */
  learn(secret: Buffer): void;
  /** Replaces remembered secrets in any text of the record. */
  scrub(text: string): string;
  /** Whether the bytes contain a remembered secret. */
  isIn(bytes: Buffer): boolean;
}

/** Decides what is masked. */
export interface Mask {
  readonly config: MaskConfig;
  isHeaderMasked(name: string): boolean;
  /** Starts masking a record. */
  record(): RecordMask;
}

/** Shorter texts occur everywhere; hiding them would only make the rest unreadable. */
const minSecretLength = 3;
const maxSecrets = 5_000;

interface FieldPattern {
  readonly isFromRoot: boolean;
  /** The names of the path, last first. */
  readonly names: readonly string[];
}

/** Creates a mask. */
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
    // Also escaped, as within JSON.
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

  /** Masks JSON within a text field, as in envelopes. */
  function maskNested(text: string, path: readonly string[]): string {
    const value = parseContainer(text);
    if (value === undefined) return text;
    const masked = JSON.stringify(mask(value, path));
    return masked === JSON.stringify(value) ? text : masked;
  }

  /** Longest first, so that no part is left of a secret that begins with another. */
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

/** Parses a JSON object or list; undefined when the text is neither. */
export function parseContainer(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
