import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import ShowChartIcon from '@mui/icons-material/ShowChart';
import TableIcon from '@mui/icons-material/TableChartOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { canDraw } from './Plot';

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Buttons to switch between chart and table, and to save the points as CSV. */
export function ChartActions(props: {
  title: string;
  asTable: boolean;
  onTable(asTable: boolean): void;
  csv(): string;
}) {
  const { title, asTable } = props;
  const fileName = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`;
  const other = asTable ? 'Show as chart' : 'Show as table';
  return (
    <div style={{ display: 'flex' }}>
      {canDraw() && (
        <Tooltip title={other}>
          <IconButton
            aria-label={`${title}: ${other.toLowerCase()}`}
            onClick={() => props.onTable(!asTable)}
          >
            {asTable ? <ShowChartIcon /> : <TableIcon />}
          </IconButton>
        </Tooltip>
      )}
      <Tooltip title="Save as CSV">
        <IconButton
          aria-label={`${title}: save as CSV`}
          onClick={() => download(props.csv(), fileName)}
        >
          <DownloadIcon />
        </IconButton>
      </Tooltip>
    </div>
  );
}
