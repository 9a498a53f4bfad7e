import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type { Chunk } from '@homelab/plugin-timescale-explorer-common';
import {
  dash,
  focusRing,
  formatDayTime,
  formatNumber,
  useSiteClock,
} from '@homelab/portal-react';
import TablePagination from '@mui/material/TablePagination';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { stateWords } from './chunkColours';

const rowsPerPage = 100;

const Frame = styled('div')(({ theme }) => ({
  ...focusRing(theme),
  maxHeight: 300,
  overflow: 'auto',
  borderRadius: 6,
  '& table': {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: '0.8125rem',
    fontVariantNumeric: 'tabular-nums',
  },
  '& th, & td': {
    padding: theme.spacing(0.75, 1.5, 0.75, 0),
    textAlign: 'left',
    whiteSpace: 'nowrap',
    fontWeight: 400,
  },
  '& thead th': {
    position: 'sticky',
    top: 0,
    background: theme.palette.background.paper,
    color: theme.palette.text.secondary,
    fontSize: '0.75rem',
  },
  '& tbody tr': { borderTop: `1px solid ${theme.palette.divider}` },
  '& .number': { textAlign: 'right' },
}));

/** The chunks of the timeline, the newest first. */
export function ChunkTable(props: { name: string; chunks: readonly Chunk[] }) {
  const { timeZone } = useSiteClock();
  const [page, setPage] = useState(0);
  const newest = [...props.chunks].reverse();
  const lastPage = Math.max(0, Math.ceil(newest.length / rowsPerPage) - 1);
  const shownPage = Math.min(page, lastPage);
  const shown = newest.slice(
    shownPage * rowsPerPage,
    (shownPage + 1) * rowsPerPage,
  );
  return (
    <div>
      {/* Scrolls, so that the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <Frame tabIndex={0} role="region" aria-label="Chunks as table">
        <table aria-label={`Chunks of ${props.name}`}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Size
              </th>
              <th scope="col" className="number">
                Rows, est.
              </th>
              <th scope="col">Stored as</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, from, bytes, rows, state }) => (
              <tr key={name} title={name}>
                <td>{from === null ? dash : formatDayTime(from, timeZone)}</td>
                <td className="number">{formatBytes(bytes)}</td>
                <td className="number">{formatNumber(rows, 0)}</td>
                <td>{stateWords[state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Frame>
      {newest.length > rowsPerPage && (
        <TablePagination
          component="div"
          count={newest.length}
          page={shownPage}
          rowsPerPage={rowsPerPage}
          rowsPerPageOptions={[rowsPerPage]}
          onPageChange={(_, next) => setPage(next)}
        />
      )}
    </div>
  );
}
