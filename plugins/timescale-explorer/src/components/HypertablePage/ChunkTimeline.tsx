import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type {
  Chunk,
  ChunkState,
  PolicyEdge,
} from '@homelab/plugin-timescale-explorer-common';
import {
  focusRing,
  formatDayTime,
  formatExactTime,
  Panel,
  PanelTitle,
  Quiet,
  StateMessage,
  useSiteClock,
  VisuallyHidden,
  whenOneColumn,
} from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import ChunksIcon from '@mui/icons-material/ViewWeekOutlined';
import Button from '@mui/material/Button';
import { styled, useTheme } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { chunkColour, stateWords } from './chunkColours';
import { ChunkPlot } from './ChunkPlot';
import { ChunkTable } from './ChunkTable';
import { barsIn, wholeRange, zoomed } from './timelineRange';

const Beside = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1.7fr) minmax(280px, 1fr)',
  gap: theme.spacing(3),
  marginTop: theme.spacing(1.5),
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(1, 2),
  minHeight: 36,
}));

const Canvas = styled('div')(({ theme }) => ({
  borderRadius: 6,
  ...focusRing(theme),
}));

const Legend = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5, 2),
  listStyle: 'none',
  margin: theme.spacing(1, 0, 0),
  padding: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  '& li': { display: 'flex', alignItems: 'center', gap: 6 },
  '& i': { width: 10, height: 10, borderRadius: 2, flex: 'none' },
  '& i.edge': {
    width: 0,
    height: 14,
    borderRadius: 0,
    borderLeft: `2px dashed ${theme.palette.text.primary}`,
  },
}));

const Readout = styled('p')(({ theme }) => ({
  margin: 0,
  minHeight: '1.5em',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/** The chunks of a hypertable over time, as a chart and as a table beside it. */
export function ChunkTimeline(props: {
  name: string;
  chunks: readonly Chunk[];
  edges: readonly PolicyEdge[];
}) {
  const { name, chunks, edges } = props;
  const { timeZone } = useSiteClock();
  const whole = useMemo(() => wholeRange(chunks, edges), [chunks, edges]);
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  const range = zoom ?? whole;
  const shown = useMemo(() => barsIn(chunks, range), [chunks, range]);
  const [keyIndex, setKeyIndex] = useState<number | null>(null);
  const [cursorIndex, setCursorIndex] = useState<number | null>(null);
  const at = keyIndex ?? cursorIndex;
  const chunk = at === null ? undefined : shown[at]?.chunk;
  const words = chunk && chunkWords(chunk, timeZone);

  const show = (next: TimeRange | null) => {
    setZoom(next);
    setKeyIndex(null);
    setCursorIndex(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = at ?? shown.length - 1;
    const bar = at === null ? undefined : shown[at];
    const about = bar ? (bar.fromMs + bar.toMs) / 2 : null;
    const step = event.shiftKey ? 10 : 1;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => setKeyIndex(Math.max(0, index - step)),
      ArrowRight: () => setKeyIndex(Math.min(shown.length - 1, index + step)),
      '+': () => show(zoomed(range, about, 0.5, whole)),
      '-': () => show(zoomed(range, about, 2, whole)),
      Escape: () => show(null),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  return (
    <Panel aria-label="Chunks">
      <Head>
        <PanelTitle>Chunks</PanelTitle>
        {zoom !== null && (
          <Button size="small" onClick={() => show(null)}>
            Show all {chunks.length}
          </Button>
        )}
      </Head>
      {chunks.length === 0 ? (
        <StateMessage icon={ChunksIcon} title="No chunks yet">
          The first row makes the first chunk.
        </StateMessage>
      ) : (
        <Beside>
          <div>
            <Readout>
              {words ?? (
                <Quiet>
                  {shown.length} of {chunks.length} chunks, one bar each. Drag
                  to zoom; arrow keys, plus, minus and Escape work too.
                </Quiet>
              )}
            </Readout>
            <Canvas
              tabIndex={0}
              role="img"
              aria-label={`Chart of the chunks of ${name}. Arrow keys move from chunk to chunk, plus and minus zoom, Escape shows all.`}
              onKeyDown={onKeyDown}
              onBlur={() => setKeyIndex(null)}
              onDoubleClick={() => show(null)}
            >
              <ChunkPlot
                bars={shown}
                edges={edges}
                range={range}
                cursorIndex={keyIndex}
                timeZone={timeZone}
                onCursor={setCursorIndex}
                onZoom={next => show(zoomed(next, null, 1, whole))}
              />
            </Canvas>
            <VisuallyHidden role="status">
              {keyIndex !== null && words}
            </VisuallyHidden>
            <ChunkLegend chunks={chunks} edges={edges} />
          </div>
          <ChunkTable name={name} chunks={shown.map(bar => bar.chunk)} />
        </Beside>
      )}
    </Panel>
  );
}

function chunkWords(chunk: Chunk, timeZone: string): string {
  const from = chunk.from === null ? '' : formatDayTime(chunk.from, timeZone);
  const rows =
    chunk.rows === null
      ? ''
      : `, about ${chunk.rows.toLocaleString('en-GB')} rows`;
  return `From ${from}: ${formatBytes(chunk.bytes)}${rows}, ${stateWords[chunk.state]}`;
}

function ChunkLegend(props: {
  chunks: readonly Chunk[];
  edges: readonly PolicyEdge[];
}) {
  const theme = useTheme();
  const { timeZone } = useSiteClock();
  const states = (Object.keys(stateWords) as ChunkState[]).filter(state =>
    props.chunks.some(chunk => chunk.state === state),
  );
  return (
    <Legend aria-label="Legend">
      {states.map(state => (
        <li key={state}>
          <i aria-hidden style={{ background: chunkColour(theme, state) }} />
          {stateWords[state]}
        </li>
      ))}
      {props.edges.map(({ words, at }) => (
        <li key={words} title={formatExactTime(at, timeZone)}>
          <i aria-hidden className="edge" />
          {words}
        </li>
      ))}
    </Legend>
  );
}
