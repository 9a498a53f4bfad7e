import { isExactNumber, parseExactJson } from './exact-json.ts';

/** A value as a person can read it. */
export interface DecodedValue {
  readonly kind: 'json' | 'text' | 'binary' | 'none';
  /** Indented JSON, plain text, or bytes in hexadecimal; may contain control characters. */
  readonly text: string;
  /** How many bytes of the value are not shown. */
  readonly hiddenBytes: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const bytesPerLine = 32;
/** A larger share of control characters than this, and it is not text. */
const maxControlShare = 0.1;

/** Shows at most `maxBytes` of a value in the most readable faithful form. */
export function decodeValue(
  value: Buffer | null,
  maxBytes: number = Infinity,
): DecodedValue {
  if (value === null) return { kind: 'none', text: '', hiddenBytes: 0 };
  const hiddenBytes = Math.max(0, value.length - maxBytes);
  const text = decodeText(value);
  if (text === undefined) {
    const shown = value.subarray(0, value.length - hiddenBytes);
    return { kind: 'binary', text: hexLines(shown), hiddenBytes };
  }
  if (hiddenBytes > 0) {
    return { kind: 'text', text: cutText(value, maxBytes), hiddenBytes };
  }
  const json = indentedJson(text);
  return json === undefined
    ? { kind: 'text', text, hiddenBytes }
    : { kind: 'json', text: json, hiddenBytes };
}

function decodeText(value: Buffer): string | undefined {
  let text: string;
  try {
    text = utf8.decode(value);
  } catch {
    return undefined;
  }
  const controls = text.match(/[^\P{Cc}\n\r\t]/gu)?.length ?? 0;
  return controls > text.length * maxControlShare ? undefined : text;
}

/** The beginning of a text, cut at a character boundary. */
function cutText(value: Buffer, maxBytes: number): string {
  return value
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\ufffd$/u, '');
}

/** Only for objects and lists: a bare number is just as readable as text. */
function indentedJson(text: string): string | undefined {
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null && !isExactNumber(value)
      ? JSON.stringify(value, null, 2)
      : undefined;
  } catch {
    return undefined;
  }
}

function hexLines(bytes: Buffer): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerLine) {
    const line = bytes.subarray(start, start + bytesPerLine).toString('hex');
    lines.push(line.replaceAll(/(..)(?=.)/g, '$1 '));
  }
  return lines.join('\n');
}
