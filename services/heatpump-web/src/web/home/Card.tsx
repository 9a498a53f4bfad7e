import { whenNarrow } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import ChevronIcon from '@mui/icons-material/ChevronRight';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

/** Makes all of a card the target of the link in its heading. */
export function wholeCardLink(theme: Theme, heading: 'h2' | 'h3') {
  return {
    [`& ${heading} a`]: {
      color: theme.palette.text.secondary,
      textDecoration: 'none',
      display: 'flex',
      alignItems: 'center',
      fontSize: '0.9375rem',
      fontWeight: 600,
    },
    [`& ${heading} a::after`]: {
      content: '""',
      position: 'absolute',
      inset: 0,
    },
    [`& ${heading} a:hover`]: { color: theme.palette.text.primary },
    [`& ${heading} a:focus-visible`]: { outline: 'none' },
    [`& ${heading} a:focus-visible::after`]: {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -3,
      borderRadius: 16,
    },
  };
}

const Root = styled('section')(({ theme }) => ({
  position: 'relative',
  boxSizing: 'border-box',
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(1.5),
  padding: theme.spacing(2.5),
  borderRadius: 16,
  background: theme.palette.background.paper,
  border: `1px solid ${theme.palette.divider}`,
  overflow: 'hidden',
  [whenNarrow]: { padding: theme.spacing(2) },
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(1),
  minHeight: 24,
  '& h2': {
    margin: 0,
    fontSize: '0.9375rem',
    fontWeight: 600,
    lineHeight: 1.4,
    color: theme.palette.text.secondary,
  },
  ...wholeCardLink(theme, 'h2'),
}));

/** A part of the house; `to` makes all of it lead to its view. */
export function Card(props: {
  title: string;
  to?: string;
  /** At the end of the line of the title, such as an age. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { title, to } = props;
  return (
    <Root aria-label={title}>
      <Head>
        <h2>
          {to === undefined ? (
            title
          ) : (
            <Link href={to}>
              {title}
              <ChevronIcon aria-hidden fontSize="small" />
            </Link>
          )}
        </h2>
        {props.aside}
      </Head>
      {props.children}
    </Root>
  );
}

/** Words of less weight inside a card. */
export const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.875rem',
  lineHeight: 1.45,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/** The number that a card is about. */
export const Big = styled('div', {
  shouldForwardProp: name => name !== 'dimmed',
})<{ dimmed?: boolean }>(({ theme, dimmed }) => ({
  fontSize: '3.5rem',
  fontWeight: 600,
  lineHeight: 1,
  letterSpacing: '-0.03em',
  fontVariantNumeric: 'tabular-nums',
  color: dimmed ? theme.palette.text.secondary : theme.palette.text.primary,
  '& span span': { fontSize: '0.4em', letterSpacing: 0 },
  [whenNarrow]: { fontSize: '3rem' },
}));
