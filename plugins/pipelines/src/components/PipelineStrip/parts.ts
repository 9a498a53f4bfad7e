import { whenOneColumn } from '@homelab/portal-react';
import { keyframes } from '@emotion/react';
import { styled } from '@mui/material/styles';

const nodePx = 44;
const gapPx = 8;

const flowRight = keyframes({ to: { backgroundPositionX: '12px' } });
const flowDown = keyframes({ to: { backgroundPositionY: '12px' } });

/** The hops side by side, or stacked in a narrow view. */
export const Hops = styled('ol')(({ theme }) => ({
  // All hops share the rows, so that a long name moves the numbers of the other hops too.
  display: 'grid',
  gridAutoFlow: 'column',
  gridAutoColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'auto auto auto auto auto auto 1fr',
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& > li': {
    position: 'relative',
    minWidth: 0,
    display: 'grid',
    gridRow: '1 / -1',
    gridTemplateRows: 'subgrid',
    justifyItems: 'center',
    padding: theme.spacing(0, 1),
    textAlign: 'center',
  },
  '& > li[data-state="quiet"]': { color: theme.palette.text.secondary },
  [whenOneColumn]: {
    display: 'flex',
    flexDirection: 'column',
    '& > li': {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(2),
      padding: theme.spacing(0, 0, 3),
      textAlign: 'left',
      '&:last-of-type': { paddingBottom: 0 },
    },
  },
}));

/** The icon of a hop. */
export const Node = styled('span')(({ theme }) => ({
  boxSizing: 'border-box',
  flex: 'none',
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'center',
  width: nodePx,
  height: nodePx,
  borderRadius: 12,
  border: `2px solid ${theme.palette.divider}`,
  background: theme.palette.background.paper,
  color: theme.palette.text.secondary,
}));

/** The line from a hop to the next: animated where data flows, broken where it stops. */
export const Line = styled('span')(({ theme }) => {
  const dash = (colour: string, direction: string) =>
    `repeating-linear-gradient(${direction}, ${colour} 0 7px, transparent 7px 12px)`;
  const across = `calc(100% - ${nodePx + 2 * gapPx}px)`;
  const flowing = theme.palette.success.main;
  const quiet = theme.palette.divider;
  return {
    position: 'absolute',
    top: nodePx / 2 - 1,
    left: `calc(50% + ${nodePx / 2 + gapPx}px)`,
    width: across,
    height: 2,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    backgroundSize: '12px 12px',
    '&[data-state="flowing"]': {
      backgroundImage: dash(flowing, '90deg'),
      animation: `${flowRight} 1s linear infinite`,
    },
    '&[data-state="quiet"]': { background: quiet },
    '&[data-state="unknown"]': { backgroundImage: dash(quiet, '90deg') },
    '&[data-state="stopped"]': {
      background: `linear-gradient(90deg, ${theme.palette.error.main} 0 calc(50% - 16px), transparent 0 calc(50% + 16px), ${theme.palette.error.main} 0)`,
      color: theme.palette.error.main,
    },
    '& svg': { fontSize: 22, flex: 'none' },
    [whenOneColumn]: {
      top: nodePx + gapPx / 2,
      bottom: gapPx / 2,
      left: nodePx / 2 - 1,
      width: 2,
      height: 'auto',
      '&[data-state="flowing"]': {
        backgroundImage: dash(flowing, '180deg'),
        animation: `${flowDown} 1s linear infinite`,
      },
      '&[data-state="unknown"]': { backgroundImage: dash(quiet, '180deg') },
      '&[data-state="stopped"]': {
        background: `linear-gradient(180deg, ${theme.palette.error.main} 0 calc(50% - 14px), transparent 0 calc(50% + 14px), ${theme.palette.error.main} 0)`,
      },
    },
    '@media (prefers-reduced-motion: reduce)': {
      '&&[data-state="flowing"]': { animation: 'none' },
    },
  };
});

/** The unit next to a number. */
export const Unit = styled('span')(({ theme }) => ({
  fontSize: '0.75rem',
  fontWeight: 400,
  color: theme.palette.text.secondary,
}));

/** The name and state of a hop. */
export const Words = styled('span')(({ theme }) => ({
  display: 'contents',
  fontSize: '0.8125rem',
  lineHeight: 1.45,
  fontVariantNumeric: 'tabular-nums',
  '& > *': { maxWidth: '100%', minWidth: 0 },
  '& .kind': {
    gridRow: 2,
    marginTop: theme.spacing(1),
    fontSize: '0.75rem',
  },
  '& .kind, & .detail': { color: theme.palette.text.secondary },
  '& .title': {
    gridRow: 3,
    fontSize: '0.875rem',
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
  '& .rate': { gridRow: 4, fontSize: '1rem', fontWeight: 600 },
  '& .state': { gridRow: 5 },
  '& .age': { gridRow: 6 },
  '& .detail': { gridRow: 7, overflowWrap: 'anywhere' },
  [whenOneColumn]: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    '& .kind': { marginTop: 0 },
  },
}));
