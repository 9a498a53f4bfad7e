import { decodeValue, targetOf } from '@homelab/dead-letters';
import type { Ledger, Letter, RedrivePlaces } from '@homelab/dead-letters';
import {
  describeReason,
  maskedText,
} from '@homelab/plugin-dead-letters-common';
import type {
  DeadLetter,
  ShownBytes,
  ShownValue,
} from '@homelab/plugin-dead-letters-common';
import { parseContainer } from './masking';
import type { Mask, RecordMask } from './masking';

/** How much of a letter is shown. */
export interface ShownSizes {
  readonly maxValueBytes: number;
  readonly maxHeaderBytes: number;
}

const masked: ShownBytes = { kind: 'masked', text: maskedText, hiddenBytes: 0 };

/** Makes a letter readable and masks it. Contents leave the backend only through here. */
export function showLetter(
  letter: Letter,
  deps: {
    readonly mask: Mask;
    readonly places: RedrivePlaces;
    readonly reasons: Readonly<Record<string, string>>;
    readonly ledger: Ledger;
    readonly sizes: ShownSizes;
  },
): DeadLetter {
  const { record } = letter;
  const { mask, sizes } = deps;
  const own = mask.record();
  // First, because secrets found in the value are scrubbed from everything else.
  const value = readValue(record.value, mask, own);
  const key = readKey(record.key, mask, own);
  for (const [name, bytes] of Object.entries(record.headers))
    if (mask.isHeaderMasked(name)) own.learn(bytes);
  const target = targetOf(letter.origin, record.topic, deps.places);
  const entry = deps.ledger.entryOf(record);
  const code = own.scrub(letter.code);
  return {
    partition: record.partition,
    offset: record.offset,
    timestamp: isoTime(record.timestampMs),
    failedAt: isoTime(letter.failedAtMs),
    code,
    reason: describeReason(code, deps.reasons),
    stage: own.scrub(letter.stage),
    message: cutText(own.scrub(letter.message), sizes.maxHeaderBytes),
    origin: letter.origin === undefined ? null : own.scrub(letter.origin),
    target: target === undefined ? null : own.scrub(target),
    redriveCount: letter.redriveCount,
    key: Buffer.isBuffer(key) ? showBytes(key, own, sizes.maxHeaderBytes) : key,
    headers: Object.entries(record.headers).map(([name, bytes]) => ({
      name: own.scrub(name),
      value: mask.isHeaderMasked(name)
        ? masked
        : showBytes(bytes, own, sizes.maxHeaderBytes),
    })),
    value: showValue(value, own, sizes.maxValueBytes),
    redriven: entry
      ? {
          redriveId: entry.redriveId,
          at: entry.redrivenAt,
          target: own.scrub(entry.target),
        }
      : null,
  };
}

/** The part of a value that may be shown; null bytes when it is hidden or absent. */
interface ReadableValue {
  readonly bytes: Buffer | null;
  readonly sizeBytes: number;
  readonly isMasked: boolean;
}

function readValue(
  value: Buffer | null,
  { config }: Mask,
  own: RecordMask,
): ReadableValue {
  const sizeBytes = value?.length ?? 0;
  const open = { bytes: value, sizeBytes, isMasked: false };
  if (value === null) return open;
  const json = parseContainer(value.toString('utf8'));
  if (json === undefined)
    return config.unparsed ? { bytes: null, sizeBytes, isMasked: true } : open;
  const { json: clean, isMasked } = own.json(json);
  return isMasked
    ? { bytes: Buffer.from(JSON.stringify(clean)), sizeBytes, isMasked }
    : open;
}

function showValue(
  { bytes, sizeBytes, isMasked }: ReadableValue,
  own: RecordMask,
  maxBytes: number,
): ShownValue {
  if (bytes === null && isMasked)
    return {
      kind: 'masked',
      text: maskedText,
      sizeBytes,
      hiddenBytes: sizeBytes,
      isMasked,
    };
  if (bytes && !isText(bytes) && own.isIn(bytes))
    return showValue({ bytes: null, sizeBytes, isMasked: true }, own, maxBytes);
  // Scrubbed before the value is cut, so that no half of a secret is left at the cut.
  const text = bytes && isText(bytes) ? bytes.toString('utf8') : undefined;
  const clean = text === undefined ? undefined : own.scrub(text);
  const shown = clean === undefined ? bytes : Buffer.from(clean);
  return {
    ...decodeValue(shown, maxBytes),
    sizeBytes,
    isMasked: isMasked || clean !== text,
  };
}

/** The part of a key that may be shown. */
function readKey(
  key: Buffer | null,
  { config }: Mask,
  own: RecordMask,
): Buffer | typeof masked | null {
  if (key === null) return null;
  if (config.keys) {
    own.learn(key);
    return masked;
  }
  const json = parseContainer(key.toString('utf8'));
  if (json === undefined) return key;
  const { json: clean, isMasked } = own.json(json);
  return isMasked ? Buffer.from(JSON.stringify(clean)) : key;
}

function showBytes(
  bytes: Buffer,
  own: RecordMask,
  maxBytes: number,
): ShownBytes {
  if (!isText(bytes)) {
    if (own.isIn(bytes)) return masked;
    return {
      kind: 'hex',
      text: bytes.subarray(0, maxBytes).toString('hex'),
      hiddenBytes: Math.max(0, bytes.length - maxBytes),
    };
  }
  const clean = Buffer.from(own.scrub(bytes.toString('utf8')));
  const { text, hiddenBytes } = decodeText(clean, maxBytes);
  return { kind: 'text', text, hiddenBytes };
}

function isText(bytes: Buffer): boolean {
  return decodeValue(bytes).kind !== 'binary';
}

/** Decodes text and cuts it between characters. */
function decodeText(bytes: Buffer, maxBytes: number) {
  const hiddenBytes = Math.max(0, bytes.length - maxBytes);
  const text = bytes.subarray(0, maxBytes).toString('utf8');
  return {
    text: hiddenBytes > 0 ? text.replace(/\ufffd+$/u, '') : text,
    hiddenBytes,
  };
}

function cutText(text: string, maxBytes: number): string {
  return decodeText(Buffer.from(text), maxBytes).text;
}

/** The latest time of a `Date`; Kafka timestamps are 64-bit numbers. */
const maxTimeMs = 8.64e15;

function isoTime(timeMs: number): string {
  const within = Math.min(Math.max(timeMs, 0), maxTimeMs);
  return new Date(within).toISOString();
}
