/** Reads the numbers of Kafka's protocol sequentially from a buffer. */
export class ByteReader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  int8(): number {
    const value = this.bytes.readInt8(this.at);
    this.at += 1;
    return value;
  }

  int16(): number {
    const value = this.bytes.readInt16BE(this.at);
    this.at += 2;
    return value;
  }

  int32(): number {
    const value = this.bytes.readInt32BE(this.at);
    this.at += 4;
    return value;
  }

  int64(): bigint {
    const value = this.bytes.readBigInt64BE(this.at);
    this.at += 8;
    return value;
  }

  string(): string {
    const length = this.int16();
    const from = this.at;
    this.at += Math.max(0, length);
    return this.bytes.toString('utf8', from, this.at);
  }

  /** A signed number of variable length. Exact up to 2^53, beyond any length or timestamp. */
  varint(): number {
    let low = this.byte();
    if (low < 0x80) return (low >>> 1) ^ -(low & 1);
    let value = low & 0x7f;
    let scale = 0x80;
    do {
      low = this.byte();
      value += (low & 0x7f) * scale;
      scale *= 0x80;
    } while (low >= 0x80);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) {
      throw new RangeError('A Kafka record is truncated.');
    }
    this.at += 1;
    return value;
  }
}
