/** Random values that are the same for the same seed. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** One of the values; throws on an empty list. */
  pick<T>(values: readonly T[]): T;
  /** That many random bytes. */
  bytes(length: number): Buffer;
}

/** Creates a generator (mulberry32); name the seed in the test's title or message. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  function integer(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }
  return {
    next,
    integer,
    pick(values) {
      const value = values[integer(0, values.length - 1)];
      if (value === undefined && values.length === 0) {
        throw new RangeError('There is nothing to pick from an empty list.');
      }
      return value as (typeof values)[number];
    },
    bytes: length => Buffer.from(Array.from({ length }, () => integer(0, 255))),
  };
}
