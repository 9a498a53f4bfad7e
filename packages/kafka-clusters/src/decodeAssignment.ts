import type { GroupMember } from './types';

const longestList = 100_000;

/**
 * Reads what a member of a group of type `consumer` was given: a version, then topics with
 * their partitions. Bytes of another kind, or cut off, give nothing.
 */
export function decodeAssignment(bytes: Buffer): GroupMember['assigned'] {
  let at = 2; // The version: what is read here is the same in all of them.
  const int32 = () => {
    const value = bytes.readInt32BE(at);
    at += 4;
    return value;
  };
  const count = () => {
    const value = int32();
    // More than the bytes could hold is a sign of another format.
    if (value < 0 || value > longestList || value * 2 > bytes.length - at)
      throw new RangeError(`no list has ${value} entries`);
    return value;
  };
  const string = () => {
    const length = bytes.readInt16BE(at);
    at += 2;
    if (length < 0 || at + length > bytes.length)
      throw new RangeError(`no string has ${length} bytes`);
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  if (bytes.length === 0) return [];
  try {
    return Array.from({ length: count() }, () => ({
      topic: string(),
      partitions: Array.from({ length: count() }, int32),
    }));
  } catch {
    // Nothing but a read beyond the end, or one of the two above, can fail here.
    return [];
  }
}
