import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type { ResetPartition } from '@homelab/plugin-consumer-lag-common';
import { dash, LongList, Quiet } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { partitionName } from '../partitionName';

const Scroll = styled('div')(({ theme }) => ({
  maxHeight: 320,
  overflow: 'auto',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  fontVariantNumeric: 'tabular-nums',
  '& [role=row]': {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 1fr) minmax(150px, 1.2fr) 84px 96px',
    gap: theme.spacing(0, 1.5),
    minWidth: 480,
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  '& .number': { textAlign: 'right' },
}));

type Moved = Pick<
  ResetPartition,
  'topic' | 'partition' | 'from' | 'to' | 'skipped' | 'replayed'
> &
  Partial<Pick<ResetPartition, 'isClamped'>>;

/** The effect of a reset on each partition. */
export function PreviewTable(props: { partitions: readonly Moved[] }) {
  return (
    <Scroll role="table" aria-label="Changes by partition" tabIndex={0}>
      <div role="rowgroup">
        <div role="row">
          <Quiet role="columnheader">Partition</Quiet>
          <Quiet role="columnheader">Offset, from → to</Quiet>
          <Quiet role="columnheader" className="number">
            Skipped
          </Quiet>
          <Quiet role="columnheader" className="number">
            Read again
          </Quiet>
        </div>
      </div>
      <div role="rowgroup">
        <LongList
          items={props.partitions}
          rowHeightPx={34}
          render={one => (
            <div role="row" key={partitionName(one)}>
              <span role="cell">{partitionName(one)}</span>
              <span role="cell">
                {one.from === null ? dash : formatCount(one.from)} →{' '}
                {formatCount(one.to)}
                {one.isClamped && <Quiet> (nearest kept)</Quiet>}
              </span>
              <span role="cell" className="number">
                {formatCount(one.skipped)}
              </span>
              <span role="cell" className="number">
                {formatCount(one.replayed)}
              </span>
            </div>
          )}
        />
      </div>
    </Scroll>
  );
}
