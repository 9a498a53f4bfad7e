import type { QueryResponse } from '@homelab/plugin-timescale-explorer-common';
import { focusRing } from '@homelab/portal-react';
import TablePagination from '@mui/material/TablePagination';
import { styled } from '@mui/material/styles';
import { useState } from 'react';

const rowsPerPage = 100;

const Frame = styled('div')(({ theme }) => ({
  ...focusRing(theme),
  maxHeight: 560,
  overflow: 'auto',
  borderRadius: 6,
  '& table': {
    minWidth: '100%',
    borderCollapse: 'collapse',
    fontSize: '0.8125rem',
    fontVariantNumeric: 'tabular-nums',
  },
  '& th, & td': {
    padding: theme.spacing(0.75, 2, 0.75, 0),
    textAlign: 'left',
    verticalAlign: 'top',
    whiteSpace: 'pre',
    maxWidth: 480,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  '& thead th': {
    position: 'sticky',
    top: 0,
    background: theme.palette.background.paper,
    fontWeight: 600,
    '& span': {
      display: 'block',
      fontWeight: 400,
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
  },
  '& tbody tr': { borderTop: `1px solid ${theme.palette.divider}` },
  '& .number': { textAlign: 'right' },
  '& .null': { color: theme.palette.text.secondary, fontStyle: 'italic' },
}));

const numeric = /^(smallint|integer|bigint|numeric|real|double precision)/;

/** The rows of a query, a page at a time, as PostgreSQL writes them. */
export function ResultTable({ result }: { result: QueryResponse }) {
  const { columns, rows } = result;
  const [page, setPage] = useState(0);
  const from = page * rowsPerPage;
  const classOf = (index: number) =>
    numeric.test(columns[index]?.type ?? '') ? 'number' : undefined;
  return (
    <>
      {/* Scrolls, so that the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <Frame tabIndex={0} role="region" aria-label="Rows">
        <table aria-label="Result" aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {columns.map(({ name, type }, index) => (
                <th key={index} scope="col" className={classOf(index)}>
                  {name}
                  <span>{type}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, from + rowsPerPage).map((row, index) => (
              <tr key={from + index}>
                {row.map((value, column) => (
                  <td
                    key={column}
                    className={value === null ? 'null' : classOf(column)}
                    title={value ?? undefined}
                  >
                    {value === null ? 'NULL' : value.slice(0, 500)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Frame>
      {rows.length > rowsPerPage && (
        <TablePagination
          component="div"
          count={rows.length}
          page={page}
          rowsPerPage={rowsPerPage}
          rowsPerPageOptions={[rowsPerPage]}
          onPageChange={(_, next) => setPage(next)}
        />
      )}
    </>
  );
}
