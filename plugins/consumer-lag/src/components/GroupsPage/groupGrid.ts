/** Group, status, behind, lag, last hour, rates, caught up, owner, read. */
export const groupGrid =
  'minmax(0, 1fr) 136px 96px 84px 132px 104px 112px 88px 58px';

/** As above, without the cells of the class `wide`: rates, caught up, owner, read. */
export const middleGroupGrid = 'minmax(0, 1fr) 136px 96px 84px 132px';

/** For views too narrow for all columns, such as beside the menu on a small screen. */
export const whenMiddle =
  '@container portal-view (min-width: 680px) and (max-width: 859px)';

/** For views in which groups are cards. */
export const whenCards = '@container portal-view (max-width: 679px)';
