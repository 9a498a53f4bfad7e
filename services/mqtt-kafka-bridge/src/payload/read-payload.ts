import { reject } from '../observation.ts';
import type { Rejection } from '../observation.ts';

/** Names and values of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

type PayloadResult =
  | {
      readonly ok: true;
      readonly fields: Fields;
      /** The payload is exactly this JSON text, in valid UTF-8. */
      readonly isExact: boolean;
    }
  | { readonly ok: false; readonly rejection: Rejection };

const byteOrderMark = 0xfeff;
const openingBrace = 0x7b;
/** Replaces bytes that are not UTF-8. */
const replacementCharacter = '\ufffd';

const empty: PayloadResult = {
  ok: false,
  rejection: reject('payload_empty', 'The payload is empty.'),
};
const notJson: PayloadResult = {
  ok: false,
  rejection: reject('payload_not_json', 'The payload is not JSON.'),
};
const notAnObject: PayloadResult = {
  ok: false,
  rejection: reject(
    'payload_not_an_object',
    'The payload is JSON but not an object.',
  ),
};

/**
 * Reads a payload as a JSON object in UTF-8, with or without a byte order mark. Ignores zero
 * bytes at the end: firmware in C may also send the terminator of its string.
 */
export function readJsonObject(payload: Uint8Array): PayloadResult {
  const length = lengthWithoutZeros(payload);
  const text = textOf(payload, length);
  if (text.trim() === '') return empty;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson;
  }
  if (!isFields(value)) return notAnObject;
  const isExact =
    length === payload.length &&
    payload[0] === openingBrace &&
    !text.includes(replacementCharacter);
  return { ok: true, fields: value, isExact };
}

/** Tells whether a value is an object with names, not an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(payload: Uint8Array, length: number): string {
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const text = bytes.toString('utf8', 0, length);
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

function lengthWithoutZeros(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return length;
}
