import { styled } from '@mui/material/styles';

/**
 * Bounds a view whose parts follow its own width. The width of the window says little:
 * beside the navigation, or in a tab of an entity, less is left.
 */
export const ViewWidth = styled('div')({
  containerName: 'portal-view',
  containerType: 'inline-size',
});

/** For styles of a view too narrow for two columns. */
export const whenOneColumn = '@container portal-view (max-width: 859px)';

/** For styles of a view as narrow as a telephone. */
export const whenNarrow = '@container portal-view (max-width: 519px)';
