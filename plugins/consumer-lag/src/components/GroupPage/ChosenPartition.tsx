import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupDetail,
  GroupPartition,
} from '@homelab/plugin-consumer-lag-common';
import { Age } from '@homelab/portal-react';
import CloseIcon from '@mui/icons-material/CloseOutlined';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { Count } from '../Figures';
import { LagStatusMark } from '../LagStatusMark';
import { ExactTimeLag } from './ExactTimeLag';
import { memberName } from './memberName';
import { partitionName } from '../partitionName';

const Root = styled('section')(({ theme }) => ({
  position: 'relative',
  padding: theme.spacing(2, 6, 2, 2),
  marginBottom: theme.spacing(3),
  borderRadius: 8,
  background: theme.palette.background.default,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& h4': { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  '& p': { margin: theme.spacing(0.5, 0, 0), maxWidth: '75ch' },
  '& .quiet': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 2),
    marginTop: theme.spacing(0.5),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

const Title = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: theme.spacing(0.5, 2),
}));

/** One partition in sentences. */
export function ChosenPartition(props: {
  group: GroupDetail;
  partition: GroupPartition;
  onClose(): void;
}) {
  const { group, partition, onClose } = props;
  const name = partitionName(partition);
  const member = group.members.find(
    ({ memberId }) => memberId === partition.memberId,
  );
  return (
    <Root aria-label={`Partition ${name}`}>
      <Title>
        <h4>{name}</h4>
        <LagStatusMark status={partition.status} sizePx={18} />
      </Title>
      <p>{partition.evidence}</p>
      {partition.lost !== null && (
        <p>
          At most {formatCount(partition.lost)} records were deleted before they
          were read.
        </p>
      )}
      {partition.inOpenTransaction !== null && (
        <p>
          {formatCount(partition.inOpenTransaction)} records cannot be read yet:
          they are behind an open transaction.
        </p>
      )}
      <p>
        <Offset name="committed" value={partition.committed} />,{' '}
        <Offset name="end" value={partition.end} />,{' '}
        <Offset name="oldest" value={partition.low} />
      </p>
      <div className="quiet">
        <span>
          {member ? `read by ${memberName(member)}` : 'no member reads it'}
        </span>
        {partition.movedAt !== null && (
          <Age at={partition.movedAt} prefix="offset moved " />
        )}
        {partition.lag !== null && partition.lag !== '0' && (
          <ExactTimeLag group={group} partition={partition} />
        )}
      </div>
      <IconButton
        aria-label={`Close ${name}`}
        onClick={onClose}
        sx={{ position: 'absolute', top: 4, right: 4 }}
      >
        <CloseIcon />
      </IconButton>
    </Root>
  );
}

function Offset(props: { name: string; value: string | null }) {
  return (
    <>
      {props.name} <Count value={props.value} />
    </>
  );
}
