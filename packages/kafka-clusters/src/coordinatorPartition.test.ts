import { coordinatorPartition } from './coordinatorPartition';

// The number behind is what Java's `String.hashCode` gives.
it.each([
  ['', 0], // 0
  ['hello', 22], // 99162322
  ['group-1', 49], // 293427299
  ['timescale-sink', 35], // -1593037885
  ['orders', 31], // -1008770331
  ['polygenelubricants', 0], // -2147483648, which has no counterpart above zero
])('puts %j into partition %i of 50', (groupId, partition) => {
  expect(coordinatorPartition(groupId, 50)).toBe(partition);
});
