import { useEntity } from '@backstage/plugin-catalog-react';
import { describeGroups } from '@homelab/plugin-consumer-lag-common';
import type { EntityResponse } from '@homelab/plugin-consumer-lag-common';
import {
  Notice,
  Panel,
  SentenceHeader,
  SiteClockProvider,
  Stack,
  StateMessage,
  ViewWidth,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import GroupsIcon from '@mui/icons-material/StackedBarChartOutlined';
import { useState } from 'react';
import { useLag } from '../../api';
import { entityNameOf } from '../../api/entityNameOf';
import { ClusterNotices } from '../ClusterParts';
import { DataAge, isOld } from '../DataAge';
import { HistoryPanel } from '../GroupPage';
import { GroupsSkeleton, GroupTable, inSteps, sortGroups } from '../GroupsPage';
import type { GroupSorting } from '../GroupsPage';
import { LagStates } from '../LagStates';

function Content(props: { answer: EntityResponse; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const { groups, missing, clusters } = answer;
  const [sorting, setSorting] = useState<GroupSorting>({
    by: 'worst',
    isFalling: true,
  });
  const stale = isOld(clusters, polled);
  const sentence = describeGroups(groups);
  const [worst] = groups;
  return (
    <>
      <SentenceHeader
        tone={groups.length === 0 ? 'unknown' : sentence.severity}
        stale={stale}
        sentence={
          groups.length === 0
            ? 'No consumer group of this entity has been seen yet.'
            : sentence.text
        }
        below={<DataAge clusters={clusters} polled={polled} />}
      />
      <ClusterNotices clusters={clusters} />
      <Missing parts={missing} hasGroups={groups.length > 0} />
      {groups.length > 0 && (
        <Panel aria-label="Consumer groups">
          <GroupTable
            groups={sortGroups(groups, sorting)}
            clusters={clusters}
            stale={stale}
            nowMs={inSteps(polled.nowMs)}
            sorting={sorting}
            onSort={setSorting}
          />
        </Panel>
      )}
      {groups.length === 1 && worst && (
        <HistoryPanel group={worst} topics={worst.topics} />
      )}
    </>
  );
}

function Missing(props: { parts: readonly string[]; hasGroups: boolean }) {
  const { parts, hasGroups } = props;
  if (parts.length === 0) return null;
  const names = parts.join(', ');
  if (hasGroups) {
    return (
      <Notice title="Some groups of the annotation have not been seen.">
        No group matches {names}. A group appears with its first commit; check
        the spelling of the annotation too.
      </Notice>
    );
  }
  return (
    <Panel>
      <StateMessage icon={GroupsIcon} title={`No group matches ${names}`}>
        A group appears with its first commit. If it does commit, compare its
        name with the annotation <code>kafka.apache.org/consumer-groups</code>{' '}
        of this entity: <code>cluster/group</code> or only the group;{' '}
        <code>*</code> matches any text.
      </StateMessage>
    </Panel>
  );
}

/** The consumer groups of an entity. */
export function EntityLagContent() {
  const { entity } = useEntity();
  const polled = useLag(queries => queries.entity(entityNameOf(entity)));
  return (
    <SiteClockProvider clockOffsetMs={polled.clockOffsetMs}>
      <ViewWidth>
        <Stack>
          <LagStates
            polled={polled}
            what="the lag of this entity"
            skeleton={<GroupsSkeleton />}
          >
            {answer => <Content answer={answer} polled={polled} />}
          </LagStates>
        </Stack>
      </ViewWidth>
    </SiteClockProvider>
  );
}
