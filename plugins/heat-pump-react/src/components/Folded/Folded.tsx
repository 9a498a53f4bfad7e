import { focusRing } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import type { ReactNode } from 'react';

const Summary = styled('summary')(({ theme }) => ({
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

/** A part that is drawn only once it is opened, by a line that always stands there. */
export function Folded(props: { summary: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <Summary>{props.summary}</Summary>
      {isOpen && props.children}
    </details>
  );
}
