import { Partitioners } from 'kafkajs';
import type { ICustomPartitioner } from 'kafkajs';

/**
 * The partitioner of the Java client (murmur2 of the key) that writes its choice into
 * the message. A retry then keeps the partition, which the sequence numbers of an
 * idempotent producer rely on, and the answer can be compared with what was sent.
 */
export const createPlacingPartitioner: ICustomPartitioner = () => {
  const choose = Partitioners.DefaultPartitioner();
  return args => {
    const partition = choose(args);
    args.message.partition = partition;
    return partition;
  };
};
