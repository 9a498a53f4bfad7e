import { focusRing } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';

/** The line of a `details` element that opens and closes it. */
export const Summary = styled('summary')(({ theme }) => ({
  ...focusRing(theme),
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: theme.spacing(0.5, 2),
  cursor: 'pointer',
  borderRadius: 6,
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  // A flex container has no marker of its own.
  '&::before': { content: '"\\25B8"', color: theme.palette.text.primary },
  'details[open] > &::before': { content: '"\\25BE"' },
  '&::-webkit-details-marker': { display: 'none' },
  '@media (pointer: coarse)': { minHeight: 44, alignItems: 'center' },
}));
