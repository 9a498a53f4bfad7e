/** A row in the binary format of COPY: bytes within a larger piece of memory. */
export interface Tuple {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

const pieceBytes = 256 * 1024;
const bytesPerCharacter = 3;
const postgresEpochMs = Date.UTC(2000, 0, 1);
const maxExactMs = Math.floor(Number.MAX_SAFE_INTEGER / 1_000);
const textOid = 25;
const maxTextByHand = 40;
const nullLength = -1;
const two32 = 2 ** 32;

/**
 * Memory that rows are written to one after another, piece by piece. A piece lives as long
 * as one of its rows. Rows are encoded while they are read, so that the rows waiting for the
 * database are a few pieces of memory instead of many objects for the garbage collector.
 */
export class TupleMemory {
  #bytes = Buffer.alloc(0);
  #view = new DataView(this.#bytes.buffer, 0, 0);
  #from = 0;
  #at = 0;

  /** Begins a row with this many cells. */
  begin(cells: number): void {
    this.#from = this.#at;
    this.#need(2);
    this.#view.setInt16(this.#at, cells);
    this.#at += 2;
  }

  /** Ends the row. */
  end(): Tuple {
    return { bytes: this.#bytes, from: this.#from, to: this.#at };
  }

  null(): void {
    this.#int32(nullLength);
  }

  double(value: number): void {
    this.#need(12);
    this.#view.setInt32(this.#at, 8);
    this.#view.setFloat64(this.#at + 4, value);
    this.#at += 12;
  }

  boolean(value: boolean): void {
    this.#need(5);
    this.#view.setInt32(this.#at, 1);
    this.#view.setInt8(this.#at + 4, value ? 1 : 0);
    this.#at += 5;
  }

  /** A time, given in milliseconds since 1970. */
  timestamp(ms: number): void {
    const sinceMs = ms - postgresEpochMs;
    if (Math.abs(sinceMs) < maxExactMs) {
      this.bigint(sinceMs * 1_000);
      return;
    }
    this.#need(12);
    this.#view.setInt32(this.#at, 8);
    this.#view.setBigInt64(this.#at + 4, BigInt(sinceMs) * 1_000n);
    this.#at += 12;
  }

  /** An integer that JavaScript can represent exactly. */
  bigint(value: number): void {
    this.#need(12);
    this.#view.setInt32(this.#at, 8);
    const high = Math.floor(value / two32);
    this.#view.setInt32(this.#at + 4, high);
    this.#view.setUint32(this.#at + 8, value - high * two32);
    this.#at += 12;
  }

  text(text: string): void {
    this.#need(4 + text.length * bytesPerCharacter);
    const start = this.#at + 4;
    const length = this.#utf8(text, start);
    this.#view.setInt32(this.#at, length);
    this.#at = start + length;
  }

  /** Text given as ASCII bytes. */
  ascii(bytes: Buffer, from: number, to: number): void {
    const length = to - from;
    this.#need(4 + length);
    this.#view.setInt32(this.#at, length);
    const own = this.#bytes;
    const start = this.#at + 4;
    // As in #utf8: a loop is faster for short texts.
    if (length > maxTextByHand) bytes.copy(own, start, from, to);
    else
      for (let index = 0; index < length; index += 1)
        own[start + index] = bytes[from + index] ?? 0;
    this.#at = start + length;
  }

  /** A list of texts, as a one-dimensional array. */
  list(list: readonly string[]): void {
    const characters = list.reduce((sum, { length }) => sum + length, 0);
    // Room for all of it, so that the row does not move before the length is known.
    this.#need(24 + list.length * 4 + characters * bytesPerCharacter);
    const lengthAt = this.#at;
    this.#at += 4;
    this.#int32(list.length === 0 ? 0 : 1);
    this.#int32(0);
    this.#int32(textOid);
    if (list.length > 0) {
      this.#int32(list.length);
      this.#int32(1);
      for (const text of list) this.text(text);
    }
    this.#view.setInt32(lengthAt, this.#at - lengthAt - 4);
  }

  #int32(value: number): void {
    this.#need(4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  /** Writes text as UTF-8 and gives its length in bytes. */
  #utf8(text: string, start: number): number {
    const bytes = this.#bytes;
    // Most texts are short ASCII, for which a loop is faster than a call.
    if (text.length > maxTextByHand) return bytes.write(text, start);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return bytes.write(text, start);
      bytes[start + index] = code;
    }
    return text.length;
  }

  /** Makes room; an unfinished row moves to the new piece. */
  #need(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const begun = this.#bytes.subarray(this.#from, this.#at);
    const piece = Buffer.allocUnsafeSlow(
      Math.max(pieceBytes, (begun.length + length) * 2),
    );
    piece.set(begun);
    this.#bytes = piece;
    this.#view = new DataView(piece.buffer, piece.byteOffset, piece.length);
    this.#from = 0;
    this.#at = begun.length;
  }
}
