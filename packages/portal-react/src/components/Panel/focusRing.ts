import type { Theme } from '@mui/material/styles';

/**
 * Styles of what can be focused and brings no ring of its own, such as a `ButtonBase`: a ring
 * for those who come by keyboard, in any theme.
 */
export function focusRing(theme: Theme) {
  return {
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  };
}
