/**
 * Repeatable randomness without state: the number in [0, 1) that belongs to a channel
 * and an index. The same seed, channel and index always give the same number, so any
 * moment of the house can be computed without the others.
 */
export type Random = (channel: string, index: number) => number;

/** Creates the randomness of one seed (any integer). */
export function createRandom(seed: number): Random {
  const channelHashes = new Map<string, number>();
  return (channel, index) => {
    let hash = channelHashes.get(channel);
    if (hash === undefined) {
      hash = mix(hashText(channel) ^ mix(seed | 0));
      channelHashes.set(channel, hash);
    }
    const high = Math.floor(index / 0x1_0000_0000);
    return (
      mix(mix(hash ^ (index | 0)) + Math.imul(high, 0x9e3779b1)) / 0x1_0000_0000
    );
  };
}

/** A number with mean 0 and standard deviation 1, bounded to about +-3.5. */
export function normal(random: Random, channel: string, index: number): number {
  let sum = 0;
  for (let part = 0; part < 4; part += 1)
    sum += random(channel, index * 4 + part);
  // Four uniforms have a variance of 4/12.
  return (sum - 2) * Math.sqrt(3);
}

/** A number in [from, to) of one channel and index. */
export function between(
  random: Random,
  channel: string,
  index: number,
  [from, to]: readonly [number, number],
): number {
  return from + (to - from) * random(channel, index);
}

/** Noise in [-1, 1] that changes smoothly, with a new value every `periodMs`. */
export function smoothNoise(
  random: Random,
  channel: string,
  timeMs: number,
  periodMs: number,
): number {
  const position = timeMs / periodMs;
  const index = Math.floor(position);
  const fraction = position - index;
  const weight = fraction * fraction * (3 - 2 * fraction);
  const from = random(channel, index);
  const to = random(channel, index + 1);
  return 2 * (from + (to - from) * weight) - 1;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash;
}

/** Spreads every bit of a 32-bit number over all others (the murmur3 finisher). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
