import type { ReadingTable } from '@homelab/timescale-schema';
import { ByteClock } from './byte-clock.ts';
import { NameCache } from './name-cache.ts';
import { scanFieldsOf } from './scan-fields.ts';
import type { ScanField } from './scan-fields.ts';
import type { RecordOrder } from '../row.ts';
import type { Tuple, TupleMemory } from './tuple-memory.ts';

/** A reading that was parsed and encoded in one pass. */
export interface ScannedReading extends Tuple {
  readonly deviceId: string;
  readonly measuredMs: number;
}

/**
 * Parses the bytes of a reading exactly as the bridge writes it (one flat object without
 * whitespace, all fields known and valid, plain ASCII, the usual format of numbers and times)
 * and encodes it. Gives `undefined` for anything else, which needs `JSON.parse` and the schema.
 */
export type ScanReading = (
  bytes: Buffer,
  order: RecordOrder,
) => ScannedReading | undefined;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const braceOpen = 0x7b;
const braceClose = 0x7d;
const literals = {
  null: Buffer.from('null'),
  true: Buffer.from('true'),
  false: Buffer.from('false'),
};

/** A number with up to this many digits is exact when divided by a power of ten. */
const maxDigits = 15;
const powersOfTen = Array.from({ length: maxDigits + 1 }, (_, n) => 10 ** n);

const absent = 0;
const isNumber = 1;
const isFalse = 2;
const isTrue = 3;
const isText = 4;

/** Creates the scanner of a stream's readings, which encodes into `memory`. */
export function createScanReading(
  table: ReadingTable,
  memory: TupleMemory,
): ScanReading {
  const scanner = new Scanner(table);
  return (bytes, order) =>
    scanner.scan(bytes) ? scanner.encode(memory, order) : undefined;
}

class Scanner {
  readonly #fields: readonly ScanField[];
  readonly #columns: number;
  readonly #names = new NameCache();
  readonly #clock = new ByteClock();
  /** What was found for each column: its kind, and the number or the range of its text. */
  readonly #kinds: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #first: ScanField | undefined;
  #deviceId: string | undefined;
  #measuredMs: number | undefined;

  constructor(table: ReadingTable) {
    this.#fields = scanFieldsOf(table);
    this.#columns = table.writtenColumns.length;
    this.#kinds = new Uint8Array(this.#columns);
    this.#numbers = new Float64Array(this.#columns);
    this.#from = new Int32Array(this.#columns);
    this.#to = new Int32Array(this.#columns);
  }

  /** Gives whether the reading was in the usual format. */
  scan(bytes: Buffer): boolean {
    this.#bytes = bytes;
    this.#kinds.fill(absent);
    this.#deviceId = undefined;
    this.#measuredMs = undefined;
    if (bytes[0] !== braceOpen) return false;
    this.#at = 1;
    let before: ScanField | undefined;
    for (;;) {
      const field = this.#field(before);
      if (field === undefined || !this.#value(field)) return false;
      before = field;
      const sign = bytes[this.#at];
      this.#at += 1;
      if (sign === braceClose) break;
      if (sign !== comma) return false;
    }
    return (
      this.#at === bytes.length &&
      this.#deviceId !== undefined &&
      this.#measuredMs !== undefined
    );
  }

  /** The field whose label is at the current position. */
  #field(before: ScanField | undefined): ScanField | undefined {
    const expected = before === undefined ? this.#first : before.next;
    if (expected !== undefined && this.#takes(expected.label)) return expected;
    const found = this.#fields.find(({ label }) => this.#takes(label));
    if (before === undefined) this.#first = found;
    else before.next = found;
    return found;
  }

  /** Skips these bytes when they are at the current position. */
  #takes(wanted: Buffer): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < wanted.length; index += 1)
      if (bytes[at + index] !== wanted[index]) return false;
    this.#at = at + wanted.length;
    return true;
  }

  #value({ rule, column }: ScanField): boolean {
    const sign = this.#bytes[this.#at];
    // An absent value is NULL, also when a name occurs twice.
    if (sign === literals.null[0]) {
      this.#kinds[column] = absent;
      return this.#isOptional(rule.kind) && this.#takes(literals.null);
    }
    switch (rule.kind) {
      case 'number':
        return this.#number(column, rule.min, rule.max);
      case 'flag':
        return this.#flag(column);
      case 'text':
        return this.#text(column, rule.maxLength);
      case 'state':
        return this.#state(column, rule.states);
      case 'time':
        return this.#time();
      case 'device':
        return this.#device(column, rule.maxLength);
      case 'list':
        return false;
    }
  }

  #isOptional(kind: ScanField['rule']['kind']): boolean {
    return kind !== 'time' && kind !== 'device';
  }

  #number(column: number, min: number, max: number): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    const isNegative = bytes[at] === minus;
    if (isNegative) at += 1;
    const start = at;
    let whole = 0;
    let digit = (bytes[at] ?? 0) - zero;
    while (digit >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      at += 1;
      digit = (bytes[at] ?? 0) - zero;
    }
    const wholeDigits = at - start;
    // JSON allows no leading zeros.
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[start] === zero))
      return false;
    let decimals = 0;
    if (bytes[at] === point) {
      const from = at + 1;
      at = from;
      digit = (bytes[at] ?? 0) - zero;
      while (digit >= 0 && digit <= 9) {
        whole = whole * 10 + digit;
        at += 1;
        digit = (bytes[at] ?? 0) - zero;
      }
      decimals = at - from;
      if (decimals === 0) return false;
    }
    if (wholeDigits + decimals > maxDigits) return false;
    const size = whole / (powersOfTen[decimals] ?? 1);
    const number = isNegative ? -size : size;
    if (number < min || number > max) return false;
    this.#kinds[column] = isNumber;
    this.#numbers[column] = number;
    this.#at = at;
    return true;
  }

  #flag(column: number): boolean {
    const value = this.#takes(literals.true);
    if (!value && !this.#takes(literals.false)) return false;
    this.#kinds[column] = value ? isTrue : isFalse;
    return true;
  }

  #text(column: number, maxLength: number, lowest = 0x20): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] !== quote) return false;
    at += 1;
    const from = at;
    let code = bytes[at] ?? 0;
    while (code >= lowest && code <= 0x7e && code !== quote) {
      if (code === backslash) return false;
      at += 1;
      code = bytes[at] ?? 0;
    }
    if (code !== quote || at - from > maxLength) return false;
    this.#kinds[column] = isText;
    this.#from[column] = from;
    this.#to[column] = at;
    this.#at = at + 1;
    return true;
  }

  #state(column: number, states: readonly Buffer[]): boolean {
    if (this.#bytes[this.#at] !== quote) return false;
    this.#at += 1;
    const from = this.#at;
    for (const state of states) {
      this.#at = from;
      if (!this.#takes(state) || this.#bytes[this.#at] !== quote) continue;
      this.#kinds[column] = isText;
      this.#from[column] = from;
      this.#to[column] = this.#at;
      this.#at += 1;
      return true;
    }
    return false;
  }

  #time(): boolean {
    const { length } = ByteClock.form;
    const from = this.#at + 1;
    if (this.#bytes[this.#at] !== quote || this.#bytes[from + length] !== quote)
      return false;
    this.#measuredMs = this.#clock.read(this.#bytes, from);
    this.#at = from + length + 1;
    return this.#measuredMs !== undefined;
  }

  /** Without blanks, because an id must not begin or end with one. */
  #device(column: number, maxLength: number): boolean {
    if (!this.#text(column, maxLength, 0x21)) return false;
    const from = this.#from[column] ?? 0;
    const to = this.#to[column] ?? 0;
    if (from === to) return false;
    this.#deviceId = this.#names.read(this.#bytes, from, to);
    return true;
  }

  encode(
    memory: TupleMemory,
    { receivedMs, offset }: RecordOrder,
  ): ScannedReading | undefined {
    const deviceId = this.#deviceId;
    const measuredMs = this.#measuredMs;
    if (deviceId === undefined || measuredMs === undefined) return undefined;
    memory.begin(this.#columns);
    this.#cell(memory, 0);
    memory.timestamp(measuredMs);
    for (let column = 2; column < this.#columns - 2; column += 1)
      this.#cell(memory, column);
    if (receivedMs === null) memory.null();
    else memory.timestamp(receivedMs);
    if (offset === null) memory.null();
    else memory.bigint(offset);
    const { bytes, from, to } = memory.end();
    return { deviceId, measuredMs, bytes, from, to };
  }

  #cell(memory: TupleMemory, column: number): void {
    switch (this.#kinds[column]) {
      case isNumber:
        return memory.double(this.#numbers[column] ?? 0);
      case isFalse:
        return memory.boolean(false);
      case isTrue:
        return memory.boolean(true);
      case isText:
        return memory.ascii(
          this.#bytes,
          this.#from[column] ?? 0,
          this.#to[column] ?? 0,
        );
      default:
        return memory.null();
    }
  }
}
