/** Group, status, behind, lag, last hour, rates, caught up, owner, read. */
export const groupGrid =
  'minmax(0, 1fr) 136px 96px 84px 132px 100px 116px 88px 58px';
