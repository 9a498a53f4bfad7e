import { describeGroups } from '@homelab/plugin-consumer-lag-common';
import type { GroupsResponse } from '@homelab/plugin-consumer-lag-common';
import {
  PageBody,
  Panel,
  StateMessage,
  useQueryValue,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import GroupsIcon from '@mui/icons-material/StackedBarChartOutlined';
import { useMemo } from 'react';
import { useLag } from '../../api';
import { ClustersHead } from '../ClusterParts';
import { isOld } from '../DataAge';
import { LagStates } from '../LagStates';
import { GroupList } from './GroupList';
import { GroupsSkeleton } from './GroupsSkeleton';
import { inSteps } from './inSteps';

function Groups(props: { answer: GroupsResponse; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const [cluster, setCluster] = useQueryValue('cluster');
  // Recomputed for a new answer, not for every tick of the clock.
  const { clusters, groups } = useMemo(
    () => ({
      clusters: answer.clusters.filter(
        ({ name }) => cluster === null || name === cluster,
      ),
      groups: answer.groups.filter(
        group => cluster === null || group.cluster === cluster,
      ),
    }),
    [answer, cluster],
  );
  const sentence = describeGroups(groups);
  const stale = isOld(clusters, polled);
  return (
    <>
      <ClustersHead
        sentence={sentence}
        stale={stale}
        polled={polled}
        count={countWords(groups.length, answer)}
        all={answer.clusters}
        shown={clusters}
        chosen={cluster}
        onChoose={setCluster}
      />
      {groups.length === 0 ? (
        <NoGroups />
      ) : (
        <GroupList
          groups={groups}
          stale={stale}
          nowMs={inSteps(polled.nowMs)}
          clusters={answer.clusters}
        />
      )}
    </>
  );
}

/** The number of groups, in words; with the total when only some are listed. */
function countWords(count: number, { total, groups }: GroupsResponse): string {
  if (total > groups.length) return `the worst ${count} of ${total} groups`;
  return `${count} ${count === 1 ? 'group' : 'groups'}`;
}

function NoGroups() {
  return (
    <Panel>
      <StateMessage icon={GroupsIcon} title="No consumer groups yet">
        A group appears at the next poll after its first commit, with its lag in
        records and time, and whether and when it will catch up. Consumers need
        no changes.
      </StateMessage>
    </Panel>
  );
}

/** Whether all groups keep up, and the groups, worst first. */
export function GroupsPage() {
  const polled = useLag(queries => queries.groups());
  return (
    <PageBody clockOffsetMs={polled.clockOffsetMs}>
      <LagStates
        polled={polled}
        what="the consumer groups"
        skeleton={<GroupsSkeleton />}
      >
        {answer => <Groups answer={answer} polled={polled} />}
      </LagStates>
    </PageBody>
  );
}
