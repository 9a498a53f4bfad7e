import type { CatalogueTable } from '@homelab/plugin-timescale-explorer-common';
import { Notice, Panel, useQueryValue } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { DatabaseView, ViewHead } from '../DatabaseView';
import { ResultPanel } from './ResultPanel';
import { SqlEditor } from './SqlEditor';
import { tableName, templatesFor } from './templates';
import { useQueryRun } from './useQueryRun';

const Controls = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1.5),
  '&:first-of-type': { marginBottom: theme.spacing(2) },
  '& + &, & ~ &': { marginTop: theme.spacing(2) },
  '& .end': { marginLeft: 'auto' },
}));

const rowChoices = [100, 1_000, 10_000, 100_000];

/** Queries that read, with completion and templates. */
export function QueryPage() {
  return (
    <DatabaseView
      title="Query"
      what="the tables"
      path={['catalogue']}
      ask={(api, database, signal) => api.getCatalogue(database, { signal })}
    >
      {shown => (
        <>
          <ViewHead
            shown={shown}
            tone="ok"
            sentence="Ask the database"
            below={<span>read-only, at most 10 s</span>}
          />
          <Workbench
            database={shown.database.id}
            tables={shown.answer.tables}
          />
        </>
      )}
    </DatabaseView>
  );
}

function Workbench(props: {
  database: string;
  tables: readonly CatalogueTable[];
}) {
  const { database } = props;
  // Asked again every half minute; the editor must not be made anew by it.
  const [tables] = useState(props.tables);
  const [linked, setLinked] = useQueryValue('sql');
  const [sql, setSql] = useState(linked ?? '');
  const [maxRows, setMaxRows] = useState(1_000);
  const query = useQueryRun(database);
  const canRun = sql.trim() !== '' && !query.isRunning;
  const run = () => {
    if (!canRun) return;
    setLinked(sql);
    void query.start(sql, maxRows);
  };
  return (
    <>
      <Panel aria-label="Statement">
        <TemplateControls tables={tables} onChoose={setSql} />
        <SqlEditor value={sql} tables={tables} onChange={setSql} onRun={run} />
        <Controls>
          <Button variant="contained" disabled={!canRun} onClick={run}>
            Run
          </Button>
          <Button disabled={!query.isRunning} onClick={query.cancel}>
            Cancel
          </Button>
          <TextField
            select
            size="small"
            label="At most"
            value={maxRows}
            onChange={event => setMaxRows(Number(event.target.value))}
            sx={{ minWidth: 140 }}
            className="end"
          >
            {rowChoices.map(rows => (
              <MenuItem key={rows} value={rows}>
                {rows.toLocaleString('en-GB')} rows
              </MenuItem>
            ))}
          </TextField>
        </Controls>
        {query.isRunning && (
          <LinearProgress aria-label="The query runs" sx={{ marginTop: 2 }} />
        )}
      </Panel>
      {query.problem !== null && (
        <Notice title="No rows.">{query.problem}</Notice>
      )}
      {query.result && <ResultPanel result={query.result} />}
    </>
  );
}

function TemplateControls(props: {
  tables: readonly CatalogueTable[];
  onChoose(sql: string): void;
}) {
  const { tables, onChoose } = props;
  const hypertables = tables.filter(({ timeColumn }) => timeColumn !== null);
  const ordered = [...new Set([...hypertables, ...tables])];
  const [name, setName] = useState(() =>
    ordered[0] ? tableName(ordered[0]) : '',
  );
  const table = ordered.find(one => tableName(one) === name);
  if (table === undefined) return null;
  return (
    <Controls>
      <TextField
        select
        size="small"
        label="Table"
        value={name}
        onChange={event => setName(event.target.value)}
        sx={{ minWidth: 200 }}
      >
        {ordered.map(one => (
          <MenuItem key={tableName(one)} value={tableName(one)}>
            {tableName(one)}
          </MenuItem>
        ))}
      </TextField>
      {templatesFor(table).map(({ title, sql }) => (
        <Button
          key={title}
          size="small"
          variant="outlined"
          onClick={() => onChoose(sql)}
        >
          {title}
        </Button>
      ))}
    </Controls>
  );
}
