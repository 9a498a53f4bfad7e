import type { Theme } from '@mui/material/styles';

/**
 * Focus ring for elements without one, such as a `ButtonBase`: shown to keyboard users, in
 * any theme.
 */
export function focusRing(theme: Theme) {
  return {
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  };
}
