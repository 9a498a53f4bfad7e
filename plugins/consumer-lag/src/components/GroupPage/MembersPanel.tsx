import { formatCount, formatRate } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupDetail,
  GroupMember,
} from '@homelab/plugin-consumer-lag-common';
import { LongList, Panel, PanelTitle } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { lagColour } from '../HeatStrip';
import { memberName } from './memberName';
import { partitionName } from '../partitionName';
import { shortRanges } from './shortRanges';

const Note = styled('p')(({ theme }) => ({
  margin: theme.spacing(0.5, 0, 1),
  maxWidth: '75ch',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

const Details = styled('details')(({ theme }) => ({
  marginBottom: theme.spacing(1),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  '& summary': { cursor: 'pointer' },
}));

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });

const Item = styled('li')(({ theme }) => ({
  padding: theme.spacing(1.5, 0),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  fontVariantNumeric: 'tabular-nums',
  '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  '& strong': { fontWeight: 600, overflowWrap: 'anywhere' },
}));

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'space-between',
  gap: theme.spacing(0, 2),
  '& .quiet': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

const Share = styled('div')(({ theme }) => ({
  height: 4,
  margin: theme.spacing(0.5, 0),
  borderRadius: 2,
  overflow: 'hidden',
  background: theme.palette.divider,
  '& > div': {
    height: '100%',
    background: lagColour[theme.palette.mode],
  },
}));

/** Keeps an entry short. */
const maxRanges = 24;

/** The members, what each reads, and its share of the lag. */
export function MembersPanel({ group }: { group: GroupDetail }) {
  const { members, skew, partitions } = group;
  const total = members.reduce((sum, { lag }) => sum + BigInt(lag ?? 0), 0n);
  return (
    <Panel aria-label="Members">
      <PanelTitle>{titleOf(group)}</PanelTitle>
      <Note>{members.length > 0 ? stateWords(group) : whyNobody(group)}</Note>
      {kafkaWords(group) !== '' && (
        <Details>
          <summary>In Kafka’s words</summary>
          {kafkaWords(group)}
        </Details>
      )}
      {members.length > 0 &&
        skew &&
        partitions.length > 1 &&
        group.severity !== 'ok' && <Note>{skewWords(skew)}</Note>}
      <List>
        <LongList
          items={members}
          rowHeightPx={90}
          render={member => (
            <Member key={member.memberId} member={member} total={total} />
          )}
        />
      </List>
    </Panel>
  );
}

function titleOf({ members, state }: GroupDetail): string {
  if (members.length === 0 && state === null) return 'Members';
  return members.length === 1 ? '1 member' : `${members.length} members`;
}

/** The state of the members, in plain words. */
function stateWords({ state }: GroupDetail): string {
  if (state === 'Stable') return 'Each member reads the partitions below.';
  if (state === null) return 'Kafka did not report their state.';
  return 'The partitions are being reassigned.';
}

/** The same in Kafka's words: `State Stable, protocol consumer, assignor range`. */
function kafkaWords({ state, assignor, protocolType }: GroupDetail): string {
  return [
    state && `state ${state}`,
    protocolType && `protocol ${protocolType}`,
    assignor && `assignor ${assignor}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function whyNobody({ protocolType, state, lag }: GroupDetail): string {
  if (protocolType === '') {
    return 'It commits offsets without joining a group (Kafka: simple consumer), so it never has members.';
  }
  if (state === null) {
    return 'Kafka did not report the members: it is unknown whether one is running.';
  }
  return lag === '0'
    ? 'Nobody is reading, and nothing is unread.'
    : 'Nobody is reading: start the consumer, or find out why it ended.';
}

function skewWords(skew: NonNullable<GroupDetail['skew']>): string {
  const share = Math.round(skew.share * 100);
  const times = skew.timesFairShare.toFixed(1).replace(/\.0$/, '');
  return skew.timesFairShare < 2
    ? 'The lag is spread evenly.'
    : `${share} % of the lag is in ${partitionName(skew)}, ${times} times its fair share: check its keys and the member that reads it.`;
}

function Member(props: { member: GroupMember; total: bigint }) {
  const { member, total } = props;
  const lag = BigInt(member.lag ?? 0);
  const percent = total === 0n ? 0 : Number((lag * 1000n) / total) / 10;
  const rate = member.consumedPerSecond;
  return (
    <Item>
      <Line>
        <strong>{memberName(member)}</strong>
        <span>
          {member.lag === null ? 'lag unknown' : `${formatCount(lag)} unread`}
          {rate !== null && `, reads ${formatRate(rate)} /s`}
        </span>
      </Line>
      {total > 0n && (
        <Share role="img" aria-label={`${percent} % of the lag`}>
          <div style={{ width: `${percent}%` }} />
        </Share>
      )}
      <Line>
        <span className="quiet">
          {member.assigned.length === 0
            ? 'no partitions: there are more members than partitions'
            : member.assigned
                .map(
                  ({ topic, partitions }) =>
                    `${topic} ${shortRanges(partitions, maxRanges)}`,
                )
                .join(' · ')}
        </span>
        <span className="quiet" title={member.memberId}>
          {member.host}
        </span>
      </Line>
    </Item>
  );
}
