import { ByteReader } from './byte-reader.ts';
import type { ConsumedRecord } from '../types.ts';

/**
 * A record in the bytes that the broker sent. Fields are decoded on access: of most
 * records only the value and two headers are ever read.
 */
export class FetchedRecord implements ConsumedRecord {
  readonly timestampMs: number;
  /** For kafkajs, which skips control records; this decoder leaves them to it. */
  readonly isControlRecord = false;
  readonly #bytes: Buffer;
  readonly #baseOffset: bigint;
  readonly #offsetDelta: number;
  readonly #keyAt: number;
  readonly #keyLength: number;
  readonly #valueAt: number;
  readonly #valueLength: number;

  /** Reads from the record's offset field up to its headers. */
  constructor(reader: ByteReader, baseOffset: bigint, timestampMs: number) {
    this.timestampMs = timestampMs;
    this.#bytes = reader.bytes;
    this.#baseOffset = baseOffset;
    this.#offsetDelta = reader.varint();
    this.#keyLength = reader.varint();
    this.#keyAt = reader.at;
    reader.at += Math.max(0, this.#keyLength);
    this.#valueLength = reader.varint();
    this.#valueAt = reader.at;
  }

  get offset(): string {
    return (this.#baseOffset + BigInt(this.#offsetDelta)).toString();
  }

  get timestamp(): string {
    return String(this.timestampMs);
  }

  get key(): Buffer | null {
    return this.#keyLength < 0
      ? null
      : this.#bytes.subarray(this.#keyAt, this.#keyAt + this.#keyLength);
  }

  get value(): Buffer | null {
    return this.#valueLength < 0
      ? null
      : this.#bytes.subarray(this.#valueAt, this.#valueAt + this.#valueLength);
  }

  /** One header as text, without decoding the others; `undefined` when it is absent. */
  headerText(name: string): string | undefined {
    const bytes = this.#bytes;
    const reader = new ByteReader(
      bytes,
      this.#valueAt + Math.max(0, this.#valueLength),
    );
    let text: string | undefined;
    for (let left = reader.varint(); left > 0; left -= 1) {
      const nameLength = reader.varint();
      const isWanted =
        nameLength === name.length && isAt(bytes, reader.at, name);
      reader.at += nameLength;
      const length = reader.varint();
      if (length < 0) continue;
      if (isWanted)
        text = bytes.toString('utf8', reader.at, reader.at + length);
      reader.at += length;
    }
    return text;
  }

  get headers(): Record<string, Buffer> {
    const headers: Record<string, Buffer> = {};
    const reader = new ByteReader(
      this.#bytes,
      this.#valueAt + Math.max(0, this.#valueLength),
    );
    for (let left = reader.varint(); left > 0; left -= 1) {
      const name = cut(reader, reader.varint());
      const length = reader.varint();
      if (length >= 0) headers[name.toString()] = cut(reader, length);
    }
    return headers;
  }
}

/** Whether the name, which is ASCII, is at this position. */
function isAt(bytes: Buffer, at: number, name: string): boolean {
  for (let index = 0; index < name.length; index += 1)
    if (bytes[at + index] !== name.charCodeAt(index)) return false;
  return true;
}

/** Returns a header of any record as text, `undefined` when it is absent. */
export function headerText(
  record: ConsumedRecord,
  name: string,
): string | undefined {
  return record instanceof FetchedRecord
    ? record.headerText(name)
    : record.headers[name]?.toString();
}

function cut(reader: ByteReader, length: number): Buffer {
  const from = reader.at;
  reader.at += length;
  return reader.bytes.subarray(from, reader.at);
}

/**
 * The records of one partition, by ascending offset, for kafkajs alone: it filters each
 * response twice, by "not before the requested offset" and by "not a control record",
 * which would decode the offset of every record. Here the first record that passes
 * vouches for those after it.
 */
export class FetchedRecords extends Array<FetchedRecord> {
  static override get [Symbol.species]() {
    return Array;
  }

  override filter(
    passes: (
      record: FetchedRecord,
      index: number,
      all: FetchedRecord[],
    ) => unknown,
  ): FetchedRecord[] {
    const first = this.findIndex(passes);
    if (first === 0) return this;
    const rest = new FetchedRecords();
    if (first > 0) for (const record of this.slice(first)) rest.push(record);
    return rest;
  }
}
