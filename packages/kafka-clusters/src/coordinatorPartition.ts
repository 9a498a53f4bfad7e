/**
 * The partition of `__consumer_offsets` that holds a group; its leader is the group's
 * coordinator. Kafka takes Java's hash of the name, without its sign.
 */
export function coordinatorPartition(
  groupId: string,
  partitionCount: number,
): number {
  let hash = 0;
  for (let at = 0; at < groupId.length; at += 1)
    // eslint-disable-next-line no-bitwise
    hash = (Math.imul(hash, 31) + groupId.charCodeAt(at)) | 0;
  // The one negative number without a positive counterpart counts as zero.
  return hash === -(2 ** 31) ? 0 : Math.abs(hash) % partitionCount;
}
