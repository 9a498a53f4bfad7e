import {
  severityOfStatus,
  statusWords,
} from '@homelab/plugin-consumer-lag-common';
import type { GroupPartition } from '@homelab/plugin-consumer-lag-common';
import { toneColour } from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { compactCount } from '../Figures';
import { LagStatusIcon } from '../LagStatusMark';
import { heatColours } from './heatColours';
import { heatStep, heatValue, heatWords } from './heatSteps';
import type { HeatMetric } from './heatSteps';
import { shortDuration } from './shortDuration';

/** Above this number cells have no text. */
const maxLabelled = 48;

const Cells = styled('div')({
  display: 'grid',
  '&[data-labelled="true"]': {
    gap: 4,
    gridTemplateColumns: 'repeat(auto-fill, minmax(76px, 1fr))',
  },
  '&[data-labelled="false"]': {
    gap: 3,
    gridTemplateColumns: 'repeat(auto-fill, 24px)',
  },
});

const Cell = styled('div')(({ theme }) => ({
  boxSizing: 'border-box',
  position: 'relative',
  minWidth: 0,
  borderRadius: 4,
  cursor: 'pointer',
  fontVariantNumeric: 'tabular-nums',
  lineHeight: 1.25,
  '&[data-labelled="true"]': {
    height: 48,
    maxWidth: 240,
    padding: '6px 8px',
    fontSize: '0.8125rem',
  },
  '&[data-labelled="false"]': { height: 24 },
  '&:hover': { outline: `1px solid ${theme.palette.text.primary}` },
  '&[aria-selected="true"]': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: 1,
  },
  '& small': {
    display: 'block',
    fontSize: '0.6875rem',
    opacity: 0.85,
    whiteSpace: 'nowrap',
  },
  '& strong': { fontWeight: 600 },
  '& > svg': { position: 'absolute', top: 5, right: 5 },
}));

const hatch = (colour: string) =>
  `repeating-linear-gradient(135deg, transparent 0 3px, ${colour} 3px 4px)`;

interface HeatStripProps {
  topic: string;
  partitions: readonly GroupPartition[];
  metric: HeatMetric;
  /** The number of the chosen partition. */
  selected: number | null;
  onSelect(partition: number | null): void;
}

/**
 * Every partition of a topic as a cell. Its colour shows how much is unread; border and icon
 * show that something is wrong. A cell is chosen by click, or with arrow keys and Enter.
 */
export function HeatStrip(props: HeatStripProps) {
  const { topic, partitions, metric, selected, onSelect } = props;
  const frame = useRef<HTMLDivElement>(null);
  const isLabelled = partitions.length <= maxLabelled;
  const atSelected = partitions.findIndex(
    ({ partition }) => partition === selected,
  );

  function moveFocus(event: KeyboardEvent, index: number) {
    const cells = [...(frame.current?.children ?? [])];
    const columns = columnsOf(cells);
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -index,
      End: cells.length - 1 - index,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = cells[index + step];
    if (next instanceof HTMLElement) next.focus();
  }

  return (
    <Cells
      ref={frame}
      role="listbox"
      aria-label={`Partitions of ${topic}`}
      data-labelled={isLabelled}
    >
      {partitions.map((one, index) => (
        <HeatCell
          key={one.partition}
          partition={one}
          metric={metric}
          isLabelled={isLabelled}
          isSelected={one.partition === selected}
          isFirstStop={index === Math.max(0, atSelected)}
          onToggle={() =>
            onSelect(one.partition === selected ? null : one.partition)
          }
          onKeyDown={event => moveFocus(event, index)}
        />
      ))}
    </Cells>
  );
}

/** The number of cells in the first row. */
function columnsOf(cells: readonly Element[]): number {
  const top = cells[0]?.getBoundingClientRect().top;
  const other = cells.findIndex(
    cell => cell.getBoundingClientRect().top !== top,
  );
  return other < 0 ? cells.length : other;
}

function HeatCell(props: {
  partition: GroupPartition;
  metric: HeatMetric;
  isLabelled: boolean;
  isSelected: boolean;
  /** Whether the Tab key stops here: at one cell of each strip. */
  isFirstStop: boolean;
  onToggle(): void;
  onKeyDown(event: KeyboardEvent): void;
}) {
  const { partition: one, metric, isLabelled, isSelected } = props;
  const theme = useTheme();
  const step = heatStep(one, metric);
  const look = heatColours[theme.palette.mode][step ?? 0];
  const severity = severityOfStatus(one.status);
  const isTroubled = severity === 'act' || severity === 'watch';
  const words = `Partition ${one.partition}: ${heatWords(one)}, ${statusWords[one.status]}`;
  const border = isTroubled
    ? `2px solid ${toneColour(theme, severity)}`
    : `1px solid ${step === 0 || step === null ? theme.palette.divider : 'transparent'}`;
  return (
    <Cell
      role="option"
      aria-selected={isSelected}
      aria-label={words}
      title={words}
      tabIndex={props.isFirstStop ? 0 : -1}
      data-labelled={isLabelled}
      data-step={step ?? 'unknown'}
      style={{
        border,
        color: look?.text,
        backgroundColor: look?.fill,
        backgroundImage:
          step === null ? hatch(theme.palette.text.secondary) : undefined,
      }}
      onClick={props.onToggle}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          props.onToggle();
        } else {
          props.onKeyDown(event);
        }
      }}
    >
      {isLabelled && (
        <>
          <small>{one.partition}</small>
          <strong>{valueText(one, metric)}</strong>
          {one.status !== 'OK' && (
            <StatusSpot>
              <LagStatusIcon status={one.status} sizePx={16} />
            </StatusSpot>
          )}
        </>
      )}
    </Cell>
  );
}

// With a background of its own, so that the icon is visible on every colour of the scale.
const StatusSpot = styled('span')(({ theme }) => ({
  position: 'absolute',
  top: 4,
  right: 4,
  display: 'flex',
  borderRadius: '50%',
  background: theme.palette.background.paper,
}));

function valueText(partition: GroupPartition, metric: HeatMetric): string {
  const value = heatValue(partition, metric);
  if (value === null) return '–';
  if (metric === 'time') return shortDuration(value);
  return compactCount(partition.lag ?? 0);
}
