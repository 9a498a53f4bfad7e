import { utcMsOf } from '@homelab/telemetry';

const zero = 0x30;
const colon = 0x3a;
const point = 0x2e;
const utc = 0x5a;

/** Parses times in the one format that the pipeline writes. Caches the day, which many share. */
export class ByteClock {
  static readonly form = '2026-01-12T06:31:00.000Z';
  static readonly #dayLength = '2026-01-12T'.length;
  readonly #day = Buffer.alloc(ByteClock.#dayLength);
  #dayMs: number | undefined;

  read(bytes: Buffer, from: number): number | undefined {
    const dayMs = this.#dayAt(bytes, from);
    const at = from + ByteClock.#dayLength;
    const hour = twoDigits(bytes, at);
    const minute = twoDigits(bytes, at + 3);
    const second = twoDigits(bytes, at + 6);
    const hundredths = twoDigits(bytes, at + 9);
    const ones = (bytes[at + 11] ?? 0) - zero;
    const isTime =
      (hour | minute | second | hundredths | ones) >= 0 &&
      hour <= 23 &&
      minute <= 59 &&
      second <= 59 &&
      ones <= 9;
    const hasSigns =
      bytes[at + 2] === colon &&
      bytes[at + 5] === colon &&
      bytes[at + 8] === point &&
      bytes[at + 12] === utc;
    if (dayMs === undefined || !isTime || !hasSigns) return undefined;
    const seconds = (hour * 60 + minute) * 60 + second;
    return dayMs + seconds * 1_000 + hundredths * 10 + ones;
  }

  #dayAt(bytes: Buffer, from: number): number | undefined {
    const day = this.#day;
    let same = 0;
    while (same < day.length && bytes[from + same] === day[same]) same += 1;
    if (same === day.length) return this.#dayMs;
    bytes.copy(day, 0, from, from + day.length);
    this.#dayMs = utcMsOf(`${day.toString('latin1')}00:00:00.000Z`);
    return this.#dayMs;
  }
}

function twoDigits(bytes: Buffer, at: number): number {
  const tens = (bytes[at] ?? 0) - zero;
  const ones = (bytes[at + 1] ?? 0) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}
