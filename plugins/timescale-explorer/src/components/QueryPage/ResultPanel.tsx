import {
  formatBytes,
  queryLimits,
} from '@homelab/plugin-timescale-explorer-common';
import type { QueryResponse } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { Notice, Panel, PanelTitle, Quiet } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { toCsv, toJson } from './exportRows';
import { ResultTable } from './ResultTable';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  marginBottom: theme.spacing(1.5),
  '& > :last-child': {
    marginLeft: 'auto',
    display: 'flex',
    gap: theme.spacing(1),
  },
}));

/** The rows of a query, why there are no more, and the same as a file. */
export function ResultPanel({ result }: { result: QueryResponse }) {
  const { rows, endedBy, tookMs } = result;
  const count = `${rows.length.toLocaleString('en-GB')} ${rows.length === 1 ? 'row' : 'rows'}`;
  const took =
    tookMs < 1000 ? `${Math.round(tookMs)} ms` : formatDuration(tookMs);
  return (
    <Panel aria-label="Result">
      <Head>
        <div role="status">
          <PanelTitle>{count}</PanelTitle>
        </div>
        <Quiet>in {took}</Quiet>
        <div>
          <Button
            size="small"
            onClick={() => save('rows.csv', 'text/csv', toCsv(result))}
          >
            Save as CSV
          </Button>
          <Button
            size="small"
            onClick={() =>
              save('rows.json', 'application/json', toJson(result))
            }
          >
            Save as JSON
          </Button>
        </div>
      </Head>
      {endedBy === 'rows' && (
        <Notice isInside title="There are more rows.">
          Only the first {rows.length.toLocaleString('en-GB')} were read, as
          asked.
        </Notice>
      )}
      {endedBy === 'bytes' && (
        <Notice isInside title="There is more.">
          Reading ended at {formatBytes(queryLimits.bytes)}: name fewer columns,
          or narrow it down.
        </Notice>
      )}
      <ResultTable result={result} />
    </Panel>
  );
}

function save(name: string, type: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
