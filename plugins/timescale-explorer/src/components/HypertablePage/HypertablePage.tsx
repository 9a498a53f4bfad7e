import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type { HypertableResponse } from '@homelab/plugin-timescale-explorer-common';
import {
  dash,
  formatNumber,
  Panel,
  PanelTitle,
  Tile,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { useLocation, useParams } from 'react-router-dom';
import { DatabaseView, Numbers, ViewHead } from '../DatabaseView';
import { spanWords } from '../HypertablesPage/spanWords';
import { SqlBlock } from '../SqlBlock';
import { ChunkTimeline } from './ChunkTimeline';

const Settings = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
  gap: theme.spacing(2, 3),
  margin: theme.spacing(1.5, 0, 0),
  fontSize: '0.875rem',
  '& dt': { fontSize: '0.75rem', color: theme.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
}));

const Indexes = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: theme.spacing(1.5, 0, 0),
  padding: 0,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: theme.spacing(2),
  '& p': {
    margin: theme.spacing(0, 0, 0.5),
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  },
}));

const monthDays = 30;

/** One hypertable: its size and growth, its chunks over time, its settings. */
export function HypertablePage() {
  const { schema = '', name = '' } = useParams();
  const { pathname } = useLocation();
  return (
    <BreadcrumbEntry entry={{ label: name, href: pathname }}>
      <DatabaseView
        key={`${schema}.${name}`}
        title={name}
        what={`the hypertable ${schema}.${name}`}
        path={['hypertables', schema, name]}
        ask={(api, database, signal) =>
          api.getHypertable(database, { schema, name }, { signal })
        }
        unknown="It may have been dropped, or is in another database."
      >
        {shown => (
          <>
            <ViewHead
              shown={shown}
              tone="ok"
              sentence={sentenceOn(shown.answer)}
              below={<span>of {shown.answer.hypertable.owner}</span>}
            />
            <KeyNumbers answer={shown.answer} stale={shown.polled.stale} />
            <ChunkTimeline
              name={name}
              chunks={shown.answer.chunks}
              edges={shown.answer.edges}
            />
            <SettingsPanel answer={shown.answer} />
            <IndexesPanel indexes={shown.answer.indexes} />
          </>
        )}
      </DatabaseView>
    </BreadcrumbEntry>
  );
}

function sentenceOn({ hypertable }: HypertableResponse): string {
  const { name, bytes, bytesPerDay, chunks } = hypertable;
  if (chunks === 0) return `${name} is empty`;
  const grows =
    bytesPerDay === null ? '' : ` and grows ${formatBytes(bytesPerDay)} a day`;
  return `${name} holds ${formatBytes(bytes)}${grows}`;
}

function KeyNumbers(props: { answer: HypertableResponse; stale: boolean }) {
  const { hypertable: table, conversion, edges } = props.answer;
  const freshness = props.stale ? 'stale' : 'fresh';
  const isDropped = edges.some(({ kind }) => kind === 'retention');
  return (
    <Panel aria-label="Key numbers">
      <Numbers>
        <Tile label="Size" freshness={freshness}>
          {formatBytes(table.bytes)}
        </Tile>
        <Tile
          label="In 30 days"
          freshness={freshness}
          note={
            isDropped ? 'less what retention drops' : 'if it grows as it did'
          }
        >
          {table.bytesPerDay === null
            ? dash
            : formatBytes(table.bytes + monthDays * table.bytesPerDay)}
        </Tile>
        <Tile
          label="Rows"
          freshness={freshness}
          note={table.rows === null ? 'not analyzed yet' : 'estimated'}
        >
          {formatNumber(table.rows, 0)}
        </Tile>
        <Tile
          label="Chunks"
          freshness={freshness}
          note={`each of ${spanWords(table.chunkIntervalMs)}`}
        >
          {formatNumber(table.chunks, 0)}
        </Tile>
        {conversion && (
          <Tile
            label="Columnstore"
            freshness={freshness}
            note={`${formatBytes(conversion.bytesBefore)} became ${formatBytes(conversion.bytesNow)}`}
          >
            {formatNumber(
              100 * (1 - conversion.bytesNow / conversion.bytesBefore),
              0,
            )}{' '}
            % less
          </Tile>
        )}
      </Numbers>
    </Panel>
  );
}

function SettingsPanel({ answer }: { answer: HypertableResponse }) {
  const { hypertable: table, jobs } = answer;
  const settings: [string, string][] = [
    ['Time column', table.timeColumn],
    ['Chunk interval', spanWords(table.chunkIntervalMs)],
    ['Unique key', table.hasUniqueKey ? 'yes' : 'none'],
    ['Columnstore', table.isColumnstoreOn ? 'on' : 'off'],
    ...(table.isColumnstoreOn
      ? ([
          ['Segmentby', table.segmentBy ?? 'none'],
          ['Orderby', table.orderBy ?? 'none'],
        ] as [string, string][])
      : []),
    ['Jobs', jobs.join('; ') || 'none'],
  ];
  return (
    <Panel aria-label="Settings">
      <PanelTitle>Settings</PanelTitle>
      <Settings>
        {settings.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </Settings>
    </Panel>
  );
}

function IndexesPanel(props: { indexes: HypertableResponse['indexes'] }) {
  if (props.indexes.length === 0) return null;
  return (
    <Panel aria-label="Indexes">
      <PanelTitle>Indexes</PanelTitle>
      <Indexes>
        {props.indexes.map(({ name, definition, bytes, scans }) => (
          <li key={name}>
            <p>
              <strong>{name}</strong>, {formatBytes(bytes)}, read{' '}
              {scans.toLocaleString('en-GB')} times
            </p>
            <SqlBlock label={`Definition of ${name}`} sql={`${definition};`} />
          </li>
        ))}
      </Indexes>
    </Panel>
  );
}
