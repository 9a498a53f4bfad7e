import { lagStatuses } from '@homelab/plugin-consumer-lag-common';
import type {
  Cluster,
  GroupSummary,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import { Counter, Gauge, Registry } from 'prom-client';

/** The data of the gauges: the last stored polls. */
export interface MetricSources {
  readonly nowMs: number;
  readonly clusters: readonly Cluster[];
  readonly groups: readonly GroupSummary[];
  readonly topics: readonly TopicSummary[];
  /** Requests that this process has sent to each cluster's brokers since its start. */
  readonly requestsSent: ReadonlyMap<string, number>;
}

/**
 * Names of groups and topics become labels and are unbounded: console tools leave a group behind
 * on each run.
 */
const maxGroups = 2_000;
const maxTopics = 5_000;

/**
 * Renders all metrics in the text format of Prometheus. Gauges come from the database, so they are
 * the same on each replica of the backend. Unknown values have no sample.
 */
export async function renderMetrics(sources: MetricSources): Promise<string> {
  const registry = new Registry();
  const groups = sources.groups.slice(0, maxGroups);
  const topics = sources.topics.slice(0, maxTopics);
  addClusterGauges(registry, sources);
  addGroupGauges(registry, groups);
  addLeftOut(registry, {
    groups: sources.groups.length - groups.length,
    topics: sources.topics.length - topics.length,
  });
  const requests = new Counter({
    name: 'kafka_consumer_lag_requests_total',
    help: 'Requests that this replica of the backend has sent to the brokers of a cluster.',
    labelNames: ['cluster'],
    registers: [registry],
  });
  for (const [cluster, count] of sources.requestsSent)
    requests.inc({ cluster }, count);
  const produced = gauge(registry, {
    name: 'kafka_topic_produced_records_per_second',
    help: 'Records written to a Kafka topic, mean of 5 minutes.',
    labelNames: ['cluster', 'topic'],
  });
  for (const { cluster, topic, producedPerSecond } of topics)
    if (producedPerSecond !== null)
      produced.set({ cluster, topic }, producedPerSecond);
  return registry.metrics();
}

function gauge<Label extends string>(
  registry: Registry,
  options: { name: string; help: string; labelNames: readonly Label[] },
): Gauge<Label> {
  return new Gauge({
    ...options,
    labelNames: [...options.labelNames],
    registers: [registry],
  });
}

/** How much is left out, so that missing series are noticed. */
function addLeftOut(
  registry: Registry,
  leftOut: Readonly<Record<'groups' | 'topics', number>>,
): void {
  const own = gauge(registry, {
    name: 'kafka_consumer_lag_left_out',
    help: `Groups beyond the ${maxGroups} worst, and Kafka topics beyond the first ${maxTopics}, of which no metric tells.`,
    labelNames: ['kind'],
  });
  for (const [kind, count] of Object.entries(leftOut)) own.set({ kind }, count);
}

function addClusterGauges(
  registry: Registry,
  { clusters, nowMs }: MetricSources,
): void {
  const up = gauge(registry, {
    name: 'kafka_consumer_lag_poll_up',
    help: 'Whether the last poll of a cluster was answered.',
    labelNames: ['cluster'],
  });
  const age = gauge(registry, {
    name: 'kafka_consumer_lag_poll_age_seconds',
    help: 'Time since a cluster last answered.',
    labelNames: ['cluster'],
  });
  const requests = gauge(registry, {
    name: 'kafka_consumer_lag_poll_requests',
    help: 'Requests to the brokers of a cluster for its last poll.',
    labelNames: ['cluster'],
  });
  for (const { name, problem, polledAt, requestsPerPoll } of clusters) {
    const labels = { cluster: name };
    up.set(labels, problem === null && polledAt !== null ? 1 : 0);
    if (polledAt !== null)
      age.set(labels, Math.max(0, nowMs - Date.parse(polledAt)) / 1000);
    if (requestsPerPoll !== null) requests.set(labels, requestsPerPoll);
  }
}

const groupGauges: readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (group: GroupSummary) => number | null;
}[] = [
  {
    name: 'kafka_consumer_group_lag_records',
    help: 'Records that a group has not read.',
    of: ({ lag }) => (lag === null ? null : Number(lag)),
  },
  {
    name: 'kafka_consumer_group_lag_seconds',
    help: 'Age of the oldest record that a group has not read; a lower bound while it is older than what was seen.',
    of: ({ timeLag }) => (timeLag.ms === null ? null : timeLag.ms / 1000),
  },
  {
    name: 'kafka_consumer_group_loss_headroom_seconds',
    help: 'Time until retention deletes the oldest record that a group has not read.',
    of: ({ headroomMs }) => (headroomMs === null ? null : headroomMs / 1000),
  },
  {
    name: 'kafka_consumer_group_consumed_records_per_second',
    help: 'Records read by a group, mean of 5 minutes.',
    of: ({ consumedPerSecond }) => consumedPerSecond,
  },
  {
    name: 'kafka_consumer_group_produced_records_per_second',
    help: 'Records written to the partitions that a group reads, mean of 5 minutes.',
    of: ({ producedPerSecond }) => producedPerSecond,
  },
  {
    name: 'kafka_consumer_group_members',
    help: 'Members of a group.',
    of: ({ memberCount }) => memberCount,
  },
  {
    name: 'kafka_consumer_group_unknown_partitions',
    help: 'Partitions of a group whose lag is not known.',
    of: ({ unknownPartitions }) => unknownPartitions,
  },
];

function addGroupGauges(
  registry: Registry,
  groups: readonly GroupSummary[],
): void {
  for (const { of, ...options } of groupGauges) {
    const own = gauge(registry, {
      ...options,
      labelNames: ['cluster', 'group'],
    });
    for (const group of groups) {
      const value = of(group);
      if (value !== null)
        own.set({ cluster: group.cluster, group: group.groupId }, value);
    }
  }
  const status = gauge(registry, {
    name: 'kafka_consumer_group_status',
    help: '1 for the status that a group has, 0 for the others.',
    labelNames: ['cluster', 'group', 'status'],
  });
  for (const group of groups)
    for (const one of lagStatuses)
      status.set(
        { cluster: group.cluster, group: group.groupId, status: one },
        one === group.status ? 1 : 0,
      );
}
