import { decodeAssignment } from './decodeAssignment';

/** As a Java client writes it: version, topics with partitions, user data. */
function encode(topics: Record<string, number[]>, version = 1): Buffer {
  const parts: Buffer[] = [];
  const int = (value: number, bytes: 2 | 4) => {
    const part = Buffer.alloc(bytes);
    part.writeIntBE(value, 0, bytes);
    parts.push(part);
  };
  int(version, 2);
  int(Object.keys(topics).length, 4);
  for (const [topic, partitions] of Object.entries(topics)) {
    const name = Buffer.from(topic);
    int(name.length, 2);
    parts.push(name);
    int(partitions.length, 4);
    for (const partition of partitions) int(partition, 4);
  }
  int(-1, 4);
  return Buffer.concat(parts);
}

it('reads topics with their partitions', () => {
  expect(decodeAssignment(encode({ energy: [0, 2], 'wärme-1': [11] }))).toEqual(
    [
      { topic: 'energy', partitions: [0, 2] },
      { topic: 'wärme-1', partitions: [11] },
    ],
  );
  expect(decodeAssignment(encode({}, 3))).toEqual([]);
});

it('gives nothing for empty, truncated and foreign bytes', () => {
  const whole = encode({ energy: [0, 1, 2], heat: [7] });
  const withoutUserData = whole.length - 4;
  for (let length = 0; length < withoutUserData; length += 1)
    expect(decodeAssignment(whole.subarray(0, length))).toEqual([]);
  expect(decodeAssignment(Buffer.from('{"version":1}'))).toEqual([]);
  expect(decodeAssignment(Buffer.alloc(64, 0xff))).toEqual([]);
  expect(decodeAssignment(Buffer.alloc(64, 0x7f))).toEqual([]);
});

it('never throws, whichever bit is flipped', () => {
  const whole = encode({ energy: [0, 1, 2], heat: [7] });
  for (let at = 0; at < whole.length; at += 1)
    for (const value of [0, 1, 127, 128, 255]) {
      const broken = Buffer.from(whole);
      broken[at] = value;
      expect(Array.isArray(decodeAssignment(broken))).toBe(true);
    }
});
