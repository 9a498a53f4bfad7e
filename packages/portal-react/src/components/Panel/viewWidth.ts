import { styled } from '@mui/material/styles';

/**
 * Container whose children adapt to its width rather than the window's: next to the
 * navigation, or in an entity tab, there is less room.
 */
export const ViewWidth = styled('div')({
  containerName: 'portal-view',
  containerType: 'inline-size',
});

/** For styles of a view too narrow for two columns. */
export const whenOneColumn = '@container portal-view (max-width: 859px)';

/** For styles of a view as narrow as a phone. */
export const whenNarrow = '@container portal-view (max-width: 519px)';
