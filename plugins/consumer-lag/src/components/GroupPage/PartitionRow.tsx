import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupMember,
  GroupPartition,
} from '@homelab/plugin-consumer-lag-common';
import {
  dash,
  focusRing,
  Quiet,
  Row,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { Count, Rates, TimeLagFigure } from '../Figures';
import { LagStatusMark } from '../LagStatusMark';
import { memberName } from './memberName';
import { partitionGrid } from './partitionGrid';
import { partitionName } from '../partitionName';

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: partitionGrid,
  rowGap: 2,
  '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  '& .line': {
    gridColumn: '1 / -1',
    fontSize: '0.8125rem',
  },
  '&[data-chosen="true"]': { background: theme.palette.background.default },
  [whenOneColumn]: {
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    rowGap: theme.spacing(0.75),
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'block', fontSize: '0.75rem' },
    '& .name': { gridColumn: 'span 2' },
    '& .status': { gridColumn: 'span 2' },
    '& .line': { gridRow: 2 },
  },
  [whenNarrow]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    '& .name, & .status': { gridColumn: '1 / -1' },
    '& .line': { gridRow: 3 },
    // The chosen partition shows them.
    '& .offset': { display: 'none' },
  },
}));

const Name = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  fontFamily: 'inherit',
  fontSize: 'inherit',
  fontWeight: 600,
  lineHeight: 'inherit',
  color: theme.palette.text.primary,
  // Cuts the end of a long topic, never the number; the strip above has it in full.
  maxWidth: '100%',
  '& > .topic': {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& > .index': { flex: 'none' },
  '&::after': { content: '""', position: 'absolute', inset: 0 },
}));

/** The label of a number where the table has no head. */
function Word(props: { children: string }) {
  return <Quiet className="word">{props.children} </Quiet>;
}

/** A partition with its offsets, and with evidence when something is wrong. */
export const PartitionRow = memo(function DrawnPartitionRow(props: {
  partition: GroupPartition;
  member: GroupMember | undefined;
  isChosen: boolean;
  onChoose(name: string | null): void;
}) {
  const { partition: one, member, isChosen, onChoose } = props;
  const name = partitionName(one);
  const numbers = [
    ['Committed', one.committed],
    ['End', one.end],
    ['Oldest', one.low],
  ] as const;
  return (
    <Root role="row" data-chosen={isChosen}>
      <div role="cell" className="name">
        <Name
          aria-pressed={isChosen}
          disableRipple
          title={name}
          aria-label={name}
          onClick={() => onChoose(isChosen ? null : name)}
        >
          <span className="topic">{one.topic}</span>
          <span className="index">-{one.partition}</span>
        </Name>
      </div>
      <div role="cell" className="status">
        <LagStatusMark status={one.status} sizePx={18} />
      </div>
      <div role="cell" className="number">
        <Word>Behind</Word>
        <TimeLagFigure timeLag={one.timeLag} isInColumn />
      </div>
      <div role="cell" className="number">
        <Word>Lag</Word>
        <Count value={one.lag} isInColumn />
      </div>
      {numbers.map(([label, value]) => (
        <div
          key={label}
          role="cell"
          className="number offset"
          title={value === null ? undefined : formatCount(value)}
        >
          <Word>{label}</Word>
          <Count value={value} />
        </div>
      ))}
      <div role="cell" className="number">
        <Word>In → out, /s</Word>
        <Rates
          produced={one.producedPerSecond}
          consumed={one.consumedPerSecond}
        />
      </div>
      <div role="cell">
        <Word>Member</Word>
        {member ? memberName(member) : <Quiet>{dash}</Quiet>}
      </div>
      {one.status !== 'OK' && (
        <div role="cell" className="line">
          {one.evidence}
        </div>
      )}
    </Root>
  );
});
