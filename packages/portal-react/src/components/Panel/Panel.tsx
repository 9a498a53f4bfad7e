import { styled } from '@mui/material/styles';
import { whenNarrow } from './viewWidth';

/** A surface for one part of the page. */
export const Panel = styled('section')(({ theme }) => ({
  boxSizing: 'border-box',
  minWidth: 0,
  padding: theme.spacing(3),
  background: theme.palette.background.paper,
  border: `1px solid ${theme.palette.divider}`,
  borderRadius: 10,
  [whenNarrow]: { padding: theme.spacing(2) },
}));

/** The heading of a panel. */
export const PanelTitle = styled('h3')(({ theme }) => ({
  margin: 0,
  fontSize: '1rem',
  fontWeight: 600,
  lineHeight: 1.4,
  color: theme.palette.text.primary,
}));

/** Text for screen readers only. */
export const VisuallyHidden = styled('span')({
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  border: 0,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
});
