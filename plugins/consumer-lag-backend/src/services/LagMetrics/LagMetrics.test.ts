import { LagMemory } from '../../lag/LagMemory';
import { describeGroupDetail } from '../../lag/describeGroup';
import { groupOf, partitionAt, snapshotAt } from '../../lag/test-snapshots';
import { renderMetrics } from './LagMetrics';

const limits = { minSamples: 3, allowedLag: 0n };

it('has a bounded number of groups, and says how many it leaves out', async () => {
  const group = groupOf([{ topic: 'readings', partition: 0, offset: 1n }]);
  const detail = describeGroupDetail(group, {
    cluster: 'home',
    snapshot: snapshotAt(0, [partitionAt(5n)], [group]),
    memory: new LagMemory(limits),
    limits,
    retentionMsOf: () => null,
    before: undefined,
    entityRefs: [],
    ownerRefs: [],
  });
  const text = await renderMetrics({
    nowMs: 0,
    clusters: [],
    groups: Array.from({ length: 2_003 }, (_, index) => ({
      ...detail,
      groupId: `console-consumer-${index}`,
    })),
    topics: [],
    requestsSent: new Map(),
  });
  expect(text).toContain('kafka_consumer_lag_left_out{kind="groups"} 3');
  expect(text).toContain('kafka_consumer_lag_left_out{kind="topics"} 0');
  expect(text).toContain('group="console-consumer-1999"} 4');
  expect(text).not.toContain('console-consumer-2000');
});
