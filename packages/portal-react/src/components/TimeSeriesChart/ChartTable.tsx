import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TablePagination from '@mui/material/TablePagination';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { formatNumber } from '../Quantity';
import type { ChartLines, ValueWords } from './chartSeries';

const rowsPerPage = 50;

/** The points of a chart as a table, newest first. */
export function ChartTable(props: {
  chart: ChartLines;
  title: string;
  unit: string;
  decimals: number;
  words?: ValueWords;
  /** Writes the time of a point. */
  writeTime(timeMs: number): string;
}) {
  const { chart, title, unit, decimals, writeTime, words } = props;
  const [page, setPage] = useState(0);
  const indices = chart.time
    .map((_, index) => index)
    .filter(index =>
      chart.lines.some(({ mean }) => typeof mean[index] === 'number'),
    )
    .reverse();
  const lastPage = Math.max(0, Math.ceil(indices.length / rowsPerPage) - 1);
  const shownPage = Math.min(page, lastPage);
  const shown = indices.slice(
    shownPage * rowsPerPage,
    (shownPage + 1) * rowsPerPage,
  );
  return (
    <>
      <TableContainer sx={{ maxHeight: 420 }} tabIndex={0}>
        <Table size="small" stickyHeader aria-label={`${title} as table`}>
          <TableHead>
            <TableRow>
              <TableCell>Time</TableCell>
              {chart.lines.map(line => (
                <TableCell key={line.id} align="right">
                  {words ? line.label : `${line.label} (${unit})`}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map(index => (
              <TableRow key={index}>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>
                  {writeTime(chart.time[index] ?? 0)}
                </TableCell>
                {chart.lines.map(line => (
                  <TableCell
                    key={line.id}
                    align="right"
                    sx={{ fontVariantNumeric: 'tabular-nums' }}
                  >
                    {cellText(
                      line.mean[index],
                      line.decimals ?? decimals,
                      words,
                    )}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {indices.length > rowsPerPage && (
        <TablePagination
          component="div"
          count={indices.length}
          page={shownPage}
          rowsPerPage={rowsPerPage}
          rowsPerPageOptions={[rowsPerPage]}
          onPageChange={(_, next) => setPage(next)}
        />
      )}
    </>
  );
}

function cellText(
  value: number | null | undefined,
  decimals: number,
  words?: ValueWords,
): string {
  const isKnown = value !== null && value !== undefined;
  return isKnown && words ? words.write(value) : formatNumber(value, decimals);
}
