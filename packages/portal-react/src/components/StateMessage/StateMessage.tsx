import { styled } from '@mui/material/styles';
import type { ElementType, ReactNode } from 'react';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  gap: theme.spacing(1),
  padding: theme.spacing(6, 2),
  textAlign: 'center',
  lineHeight: 1.6,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
  '& > svg': { fontSize: 48 },
  '& h2': {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    lineHeight: 1.4,
    color: theme.palette.text.primary,
  },
  '& > div': { maxWidth: '36em' },
  '& p': { margin: 0 },
  '& code': {
    padding: '1px 6px',
    borderRadius: 4,
    background: theme.palette.background.default,
    fontSize: '0.85em',
  },
}));

/** Replaces a view: why there is nothing to show, and what to do about it. */
export function StateMessage(props: {
  icon: ElementType;
  title: string;
  children?: ReactNode;
  /** Announced immediately by screen readers; for failures. */
  isAlert?: boolean;
}) {
  const Icon = props.icon;
  return (
    <Root role={props.isAlert ? 'alert' : undefined}>
      <Icon aria-hidden />
      <h2>{props.title}</h2>
      <div>{props.children}</div>
    </Root>
  );
}
