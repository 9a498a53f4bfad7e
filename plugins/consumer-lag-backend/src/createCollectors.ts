import type { LoggerService } from '@backstage/backend-plugin-api';
import { isOneOf } from '@homelab/kafka';
import type { Knex } from 'knex';
import type { ConsumerLagConfig } from './config';
import type { DeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import { LagMemory } from './lag/LagMemory';
import type { GroupRefs } from './services/Catalog';
import type { KafkaClusters } from '@homelab/kafka-clusters';
import type { LagAlerts } from './services/LagAlerts';
import { LagCollector } from './services/LagCollector';
import { LagStore } from './services/LagStore';

/** Creates the collector of each configured cluster, by cluster name. */
export function createCollectors(deps: {
  config: ConsumerLagConfig;
  clusters: readonly {
    readonly name: string;
    readonly deadLetters: DeadLetterTopics;
  }[];
  kafkaClusters: KafkaClusters;
  knex: Knex;
  refs: GroupRefs;
  alerts: LagAlerts;
  logger: LoggerService;
  now: () => number;
}): ReadonlyMap<string, LagCollector> {
  const { config, alerts } = deps;
  const { minSamples, allowedLag } = config.judgement;
  const collectors = new Map<string, LagCollector>();
  for (const { name: cluster, deadLetters } of deps.clusters)
    collectors.set(
      cluster,
      new LagCollector({
        cluster,
        kafka: deps.kafkaClusters.connectionTo(cluster),
        store: new LagStore(deps.knex),
        memory: new LagMemory({ minSamples }),
        limits: { minSamples, allowedLag: BigInt(allowedLag) },
        pollIntervalMs: config.pollIntervalSeconds * 1000,
        includeGroup: groupId => !isOneOf(groupId, config.groups.exclude),
        deadLetters,
        refsOf: deps.refs.of,
        onPoll: async seen => {
          if (config.alerts.enabled) await alerts.observe(cluster, seen);
        },
        logger: deps.logger,
        now: deps.now,
      }),
    );
  return collectors;
}
