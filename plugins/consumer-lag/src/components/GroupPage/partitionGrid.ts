/** Partition, status, behind, lag, committed, end, oldest, rates, member. */
export const partitionGrid =
  'minmax(0, 1.4fr) 136px 92px 84px 96px 96px 96px 100px minmax(0, 0.6fr)';
