import type { GroupMember } from './types';

const longestList = 100_000;

/**
 * Decodes the assignment of a group member of type `consumer`: a version, then topics with
 * their partitions. Gives nothing for truncated bytes or another format.
 */
export function decodeAssignment(bytes: Buffer): GroupMember['assigned'] {
  let at = 2; // Skips the version: this part is the same in all of them.
  const int32 = () => {
    const value = bytes.readInt32BE(at);
    at += 4;
    return value;
  };
  const count = () => {
    const value = int32();
    // A count beyond what the bytes can hold means another format.
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
    // Only the errors above and reads past the end occur here.
    return [];
  }
}
