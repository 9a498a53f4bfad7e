import { unknownCode } from './deadLetters';

/**
 * A code in words: the configured ones, or else the code made readable, such as
 * "Payload not json" for `payload_not_json` and "Illegal state exception" for
 * `java.lang.IllegalStateException`.
 */
export function describeReason(
  code: string,
  reasons: Readonly<Record<string, string>> = {},
): string {
  const own = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  if (own !== undefined) return own;
  if (code === unknownCode) return 'No reason given';
  const name = /^(?:[a-z][\w$]*\.)+([A-Z]\w*)$/.exec(code)?.[1] ?? code;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  if (words === '') return code;
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
