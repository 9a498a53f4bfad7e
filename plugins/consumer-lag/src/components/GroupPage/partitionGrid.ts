/** Partition, status, behind, lag, committed, end, oldest, rates, member. */
export const partitionGrid =
  'minmax(0, 1fr) 136px 92px 84px 96px 96px 96px 96px minmax(0, 0.7fr)';
