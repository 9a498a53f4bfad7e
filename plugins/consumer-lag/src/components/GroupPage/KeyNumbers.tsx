import {
  formatDuration,
  formatRate,
} from '@homelab/plugin-consumer-lag-common';
import type { GroupDetail } from '@homelab/plugin-consumer-lag-common';
import { dash, Panel, Tile, whenNarrow } from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import { Count, Qualifier, Rates, TimeLagFigure } from '../Figures';
import { ExactTimeLag } from './ExactTimeLag';
import { partitionName, worstPartition } from '../partitionName';

const Numbers = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
  gap: theme.spacing(2, 3),
  [whenNarrow]: {
    // Two rates side by side do not fit in half the width of a phone.
    '& > :nth-of-type(3)': { gridColumn: '1 / -1' },
  },
}));

/** The key numbers of a group. */
export function KeyNumbers(props: { group: GroupDetail; stale: boolean }) {
  const { group, stale } = props;
  const freshness = stale ? 'stale' : 'fresh';
  const worst = worstPartition(group.partitions);
  return (
    <Panel aria-label="Key numbers">
      <Numbers>
        <Tile
          label="Behind"
          freshness={freshness}
          note={
            <>
              <span>{behindNote(group)}</span>
              {worst && worst.lag !== '0' && worst.lag !== null && (
                <ExactTimeLag group={group} partition={worst} />
              )}
            </>
          }
        >
          <TimeLagFigure timeLag={group.timeLag} />
        </Tile>
        <Tile label="Lag" freshness={freshness} note={lagNote(group)}>
          <Count value={group.lag} isInColumn />
          {group.lag !== null && (
            <Qualifier> {group.lag === '1' ? 'record' : 'records'}</Qualifier>
          )}
        </Tile>
        <Tile
          label="Produced → consumed"
          freshness={freshness}
          note={<span>{rateNote(group)}</span>}
        >
          <Rates
            produced={group.producedPerSecond}
            consumed={group.consumedPerSecond}
          />
          <Qualifier> /s</Qualifier>
        </Tile>
        <Tile
          label="Caught up"
          freshness={freshness}
          note={<span>{etaNote(group)}</span>}
        >
          {etaValue(group)}
        </Tile>
        <Tile
          label="Until records are lost"
          freshness={freshness}
          note={<HeadroomNote group={group} />}
        >
          {headroomValue(group)}
        </Tile>
      </Numbers>
    </Panel>
  );
}

function behindNote({ timeLag }: GroupDetail): string {
  switch (timeLag.kind) {
    case 'unknown':
      return 'unknown';
    case 'caught-up':
      return 'nothing is unread';
    default:
      return 'age of the oldest unread record';
  }
}

function lagNote({ partitionCount, unknownPartitions, skew }: GroupDetail) {
  const count = `in ${partitionCount} ${partitionCount === 1 ? 'partition' : 'partitions'}`;
  return (
    <>
      <span>
        {count}
        {unknownPartitions > 0 && `, ${unknownPartitions} of them unknown`}
      </span>
      {skew && partitionCount > 1 && (
        <span>
          {skew.timesFairShare < 2
            ? 'spread evenly'
            : `${Math.round(skew.share * 100)} % of it in ${partitionName(skew)}`}
        </span>
      )}
    </>
  );
}

/** Why a rate is unknown. */
function whyNoRate({ status }: GroupDetail): string {
  return status === 'UNREADABLE' ? 'not read' : 'known after three polls';
}

function rateNote(group: GroupDetail) {
  const { producedPerSecond, consumedPerSecond } = group;
  if (producedPerSecond === null || consumedPerSecond === null) {
    return whyNoRate(group);
  }
  if (producedPerSecond === 0 && consumedPerSecond === 0) {
    return 'nothing produced or consumed for 5 min';
  }
  const gain = consumedPerSecond - producedPerSecond;
  if (Math.abs(gain) < 0.01 * Math.max(1, producedPerSecond)) {
    return 'as fast as records arrive, 5 min mean';
  }
  // Not "loses": that means records deleted unread.
  const change = gain > 0 ? 'catching up by' : 'falling behind by';
  return `${change} ${formatRate(Math.abs(gain))} /s, 5 min mean`;
}

function etaValue({ eta }: GroupDetail) {
  switch (eta.kind) {
    case 'done':
      return 'now';
    case 'draining':
      return (
        <>
          <Qualifier>in </Qualifier>
          {formatDuration(eta.ms)}
        </>
      );
    case 'steady':
      return 'keeps pace';
    case 'falling-behind':
    case 'not-moving':
      return 'never';
    default:
      return dash;
  }
}

function etaNote(group: GroupDetail): string {
  const { eta } = group;
  switch (eta.kind) {
    case 'done':
      return 'nothing is unread';
    case 'draining':
      return 'at the present rates';
    case 'steady':
      return 'reads as fast as records arrive, stays as far behind';
    case 'falling-behind':
      return `falling behind by ${formatRate(eta.recordsPerSecond)} /s`;
    case 'not-moving':
      return 'its offsets are not moving';
    default:
      return whyNoRate(group);
  }
}

function headroomValue({ headroomMs }: GroupDetail) {
  if (headroomMs === null) return dash;
  return headroomMs <= 0 ? 'any moment' : formatDuration(headroomMs);
}

const Bar = styled('span')(({ theme }) => ({
  display: 'block',
  height: 6,
  margin: theme.spacing(0.75, 0),
  borderRadius: 3,
  overflow: 'hidden',
  background: theme.palette.divider,
  '& > span': { display: 'block', height: '100%' },
}));

/** The partition whose oldest unread record is deleted first, with the age of that record. */
function firstToLose({ partitions }: GroupDetail) {
  return partitions
    .flatMap(({ headroomMs, timeLag }) =>
      headroomMs === null ? [] : [{ headroomMs, ageMs: timeLag.ms ?? 0 }],
    )
    .toSorted((a, b) => a.headroomMs - b.headroomMs)
    .at(0);
}

function noHeadroomNote({ lag, timeLag }: GroupDetail): string {
  if (lag === null) return 'unknown without the lag';
  if (lag === '0') return 'nothing unread can be lost';
  if (timeLag.ms === null) return 'unknown without the time behind';
  return 'the topic keeps its records, or its retention is unknown';
}

/** How much of the retention time the lag uses up. */
function HeadroomNote({ group }: { group: GroupDetail }) {
  const { palette } = useTheme();
  const soonest = firstToLose(group);
  if (soonest === undefined) return <span>{noHeadroomNote(group)}</span>;
  const { headroomMs, ageMs } = soonest;
  const keptMs = headroomMs + ageMs;
  const used = keptMs > 0 ? Math.min(1, ageMs / keptMs) : 1;
  const colour = used > 0.75 ? palette.error.main : palette.text.secondary;
  return (
    <>
      <Bar
        role="img"
        aria-label={`${Math.round(used * 100)} % of the retention is used`}
      >
        <span style={{ width: `${used * 100}%`, background: colour }} />
      </Bar>
      <span>of {formatDuration(keptMs)} retention</span>
    </>
  );
}
