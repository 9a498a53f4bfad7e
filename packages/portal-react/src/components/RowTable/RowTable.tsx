import { Link } from '@backstage/core-components';
import { focusRing, whenNarrow, whenOneColumn } from '../Panel';
import DownIcon from '@mui/icons-material/ArrowDownwardOutlined';
import UpIcon from '@mui/icons-material/ArrowUpwardOutlined';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const gutter = 3;

/**
 * A table whose rows are grids, so that a row can contain a line across all columns and become
 * a card in a narrow view. Its parts need the ARIA roles of a table.
 */
export const TableFrame = styled('div')(({ theme }) => ({
  // The last row has its own padding.
  marginBottom: theme.spacing(-1.25),
  fontSize: '0.875rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
}));

/** The column headers; hidden in a narrow view. */
export const HeadRow = styled('div')(({ theme }) => ({
  display: 'grid',
  columnGap: theme.spacing(2),
  alignItems: 'center',
  lineHeight: '28px',
  whiteSpace: 'nowrap',
  padding: theme.spacing(0, gutter, 1),
  margin: theme.spacing(0, -gutter),
  fontSize: '0.75rem',
  color: theme.palette.text.secondary,
  borderBottom: `1px solid ${theme.palette.divider}`,
  [whenOneColumn]: { display: 'none' },
}));

/** One row. Its {@link RowLink} receives clicks anywhere on it. */
export const Row = styled('div')(({ theme }) => ({
  position: 'relative',
  display: 'grid',
  columnGap: theme.spacing(2),
  alignItems: 'baseline',
  padding: theme.spacing(1.25, gutter),
  margin: theme.spacing(0, -gutter),
  borderBottom: `1px solid ${theme.palette.divider}`,
  color: theme.palette.text.primary,
  '&:last-of-type': { borderBottom: 0 },
  '&:hover': { background: theme.palette.action.hover },
  [whenNarrow]: {
    padding: theme.spacing(1.5, 2),
    margin: theme.spacing(0, -2),
  },
}));

// Doubled for a higher specificity than the colours of the underlying link.
const rowLink = '&&';

/** The link of a row: its text names the row, and the whole row is clickable. */
export const RowLink = styled(Link)(({ theme }) => ({
  [rowLink]: { color: theme.palette.text.primary },
  fontWeight: 600,
  overflowWrap: 'anywhere',
  '&::after': { content: '""', position: 'absolute', inset: 0 },
})) as typeof Link;

/** Contains other links, placed above the clickable area of the row. */
export const AboveRowLink = styled('div')({
  position: 'relative',
  zIndex: 1,
  width: 'fit-content',
});

export const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

const HeadButton = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'inline-flex',
  alignItems: 'center',
  gap: 2,
  minHeight: 28,
  fontFamily: 'inherit',
  fontSize: 'inherit',
  lineHeight: 'inherit',
  color: 'inherit',
  textAlign: 'inherit',
  '& svg': { fontSize: 14 },
  '&:hover': { color: theme.palette.text.primary },
  '&[data-sorted="true"]': {
    color: theme.palette.text.primary,
    fontWeight: 600,
  },
}));

/** How a table is sorted: by which column, descending or ascending. */
export interface Sorting<Column extends string> {
  by: Column;
  isFalling: boolean;
}

/** The header of a column; a button if rows can be sorted by it. */
export function ColumnHead<Column extends string>(props: {
  children: ReactNode;
  /** Explanation, shown on hover. */
  title?: string;
  isNumber?: boolean;
  className?: string;
  /** Absent if rows cannot be sorted by this column. */
  column?: Column;
  sorting?: Sorting<Column>;
  /** The order of the first click: numbers descending, names ascending. */
  fallsFirst?: boolean;
  onSort?(sorting: Sorting<Column>): void;
}) {
  const { column, sorting, onSort, fallsFirst = true, children } = props;
  const { className, title } = props;
  const style = { textAlign: props.isNumber ? ('right' as const) : undefined };
  if (column === undefined || onSort === undefined) {
    return (
      <div
        role="columnheader"
        className={className}
        title={title}
        style={style}
      >
        {children}
      </div>
    );
  }
  const isSorted = sorting?.by === column;
  const direction = sorting?.isFalling ? 'descending' : 'ascending';
  const Arrow = sorting?.isFalling ? DownIcon : UpIcon;
  const next = isSorted ? !sorting.isFalling : fallsFirst;
  return (
    <div
      role="columnheader"
      className={className}
      title={title}
      aria-sort={isSorted ? direction : 'none'}
      style={style}
    >
      <HeadButton
        data-sorted={isSorted}
        onClick={() => onSort({ by: column, isFalling: next })}
      >
        {children}
        {isSorted && <Arrow aria-hidden />}
      </HeadButton>
    </div>
  );
}
