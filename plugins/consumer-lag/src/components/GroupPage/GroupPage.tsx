import { Link } from '@backstage/core-components';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import type { GroupResponse } from '@homelab/plugin-consumer-lag-common';
import { adviseGroup, statusWords } from '@homelab/plugin-consumer-lag-common';
import {
  formatAge,
  Notice,
  PageBody,
  Panel,
  SentenceHeader,
  SentenceSkeleton,
  Stack,
  whenOneColumn,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import OpenIcon from '@mui/icons-material/OpenInNewOutlined';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useLocation, useParams } from 'react-router-dom';
import { useLag } from '../../api';
import { rootRouteRef } from '../../routes';
import { ClusterNotices } from '../ClusterParts';
import { DataAge, isOld } from '../DataAge';
import { LagStates } from '../LagStates';
import { ResetPanel } from '../OffsetReset';
import { OwnerLinks } from '../OwnerLinks';
import { HistoryPanel } from './HistoryPanel';
import { KeyNumbers } from './KeyNumbers';
import { MembersPanel } from './MembersPanel';
import { partitionName, worstFirst } from '../partitionName';
import { PartitionsPanel } from './PartitionsPanel';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(3),
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  alignItems: 'start',
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const External = styled('a')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  color: theme.palette.primary.main,
  '& svg': { fontSize: 14 },
}));

function Group(props: { answer: GroupResponse; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const { group, cluster } = answer;
  const stale = isOld([cluster], polled);
  const isTroubled = group.severity === 'act' || group.severity === 'watch';
  const [worst] = worstFirst(group.partitions);
  return (
    <>
      <SentenceHeader
        tone={group.severity}
        stale={stale}
        sentence={group.sentence}
        evidence={
          isTroubled &&
          worst &&
          worst.status !== 'OK' && (
            <>
              {partitionName(worst)}: {worst.evidence}
            </>
          )
        }
        advice={adviseGroup(group)}
        below={
          <>
            <DataAge clusters={[cluster]} polled={polled} />
            <span>
              {statusWords[group.status]} for{' '}
              {formatAge(polled.nowMs - Date.parse(group.since))}
            </span>
            <span>{cluster.title}</span>
            {group.ownerRefs.length > 0 && (
              <span>
                owner <OwnerLinks ownerRefs={group.ownerRefs} fallback="" />
              </span>
            )}
            {group.entityRefs.length > 0 && (
              <span>
                entity <OwnerLinks ownerRefs={group.entityRefs} fallback="" />
              </span>
            )}
            {cluster.dashboardUrl !== null && (
              <External href={cluster.dashboardUrl}>
                Cluster dashboard <OpenIcon aria-hidden />
              </External>
            )}
          </>
        }
      />
      <ClusterNotices clusters={[cluster]} />
      {group.problem && group.status !== 'UNREADABLE' && (
        <Notice title="This group could only be read in part.">
          {group.problem.message}
        </Notice>
      )}
      <KeyNumbers group={group} stale={stale} />
      <HistoryPanel group={group} topics={group.topics} />
      <PartitionsPanel group={group} stale={stale} />
      <Columns>
        <MembersPanel group={group} />
        <ResetPanel group={group} />
      </Columns>
    </>
  );
}

function GroupSkeleton() {
  return (
    <Stack>
      <SentenceSkeleton label="Loading the consumer group" />
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={84} />
      </Panel>
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={460} />
      </Panel>
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={180} />
      </Panel>
    </Stack>
  );
}

/** All of one group: its state, its history, and the reasons. */
export function GroupPage() {
  const { cluster = '', groupId = '' } = useParams();
  const polled = useLag(queries => queries.group({ cluster, groupId }));
  const allGroups = useRouteRef(rootRouteRef);
  const { pathname } = useLocation();
  return (
    <BreadcrumbEntry entry={{ label: groupId, href: pathname }}>
      <PageBody clockOffsetMs={polled.clockOffsetMs}>
        <LagStates
          polled={polled}
          what={`the group ${groupId}`}
          unknown={
            <>
              It may have been deleted, or its offsets may have expired.{' '}
              <Link to={allGroups?.() ?? ''}>Show all groups</Link>
            </>
          }
          skeleton={<GroupSkeleton />}
        >
          {answer => <Group answer={answer} polled={polled} />}
        </LagStates>
      </PageBody>
    </BreadcrumbEntry>
  );
}
