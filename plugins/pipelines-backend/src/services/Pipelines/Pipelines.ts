import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import type { Pipeline } from '@homelab/plugin-pipelines-common';
import { formatDuration, isFresh } from '@homelab/portal-common';
import type { HopConfig, PipelineConfig, PipelinesConfig } from '../../config';
import type { LagClient } from './createLagClient';
import { judgeHops } from './judgeHops';
import type { SeenHop } from './judgeHops';
import { MqttTraffic } from './MqttTraffic';
import type { Traffic } from './MqttTraffic';
import { TableTraffic } from './TableTraffic';

interface Deps {
  readonly config: PipelinesConfig;
  readonly lag: LagClient;
  /** How long an answer is cached. */
  readonly cacheMs: number;
  readonly logger: LoggerService;
  readonly now: () => number;
}

/** The paths of readings from device to table, hop by hop. */
export class Pipelines {
  private readonly brokers = new Map<string, MqttTraffic>();
  private readonly databases = new Map<string, TableTraffic>();
  private readonly traffic = new Map<HopConfig, () => Traffic>();
  private readonly cached = new Map<
    string,
    { atMs: number; answer: Promise<Pipeline> }
  >();

  constructor(private readonly deps: Deps) {
    const { config, logger, now } = deps;
    for (const { name, ...broker } of config.mqttBrokers)
      this.brokers.set(name, new MqttTraffic({ broker, logger, now }));
    for (const { name, ...database } of config.databases)
      this.databases.set(name, new TableTraffic({ database, logger }));
    for (const hop of config.list.flatMap(({ hops }) => hops)) {
      const broker = 'broker' in hop && this.brokers.get(hop.broker);
      if (broker) this.traffic.set(hop, broker.watch(hop.topicFilters));
    }
  }

  start(): void {
    for (const broker of this.brokers.values()) broker.start();
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.brokers.values(), ...this.databases.values()].map(one =>
        one.stop(),
      ),
    );
  }

  /** The pipelines of these names, in the order of the configuration, and the names that do not exist. */
  async of(
    names: readonly string[],
  ): Promise<{ pipelines: Pipeline[]; missing: string[] }> {
    const { list } = this.deps.config;
    const own = list.filter(({ name }) => names.includes(name));
    return {
      pipelines: await Promise.all(own.map(one => this.shared(one))),
      missing: names.filter(wanted => !own.some(({ name }) => name === wanted)),
    };
  }

  private shared(pipeline: PipelineConfig): Promise<Pipeline> {
    const known = this.cached.get(pipeline.name);
    const nowMs = this.deps.now();
    if (known && isFresh(known.atMs, { nowMs, forMs: this.deps.cacheMs }))
      return known.answer;
    const answer = this.ask(pipeline);
    this.cached.set(pipeline.name, { atMs: nowMs, answer });
    return answer;
  }

  private async ask(pipeline: PipelineConfig): Promise<Pipeline> {
    const expectedMs = pipeline.expectedIntervalSeconds * 1000;
    const seen = await Promise.all(
      pipeline.hops.map(hop => this.see(hop, expectedMs)),
    );
    return {
      name: pipeline.name,
      title: pipeline.title ?? pipeline.name,
      ...judgeHops(seen, { nowMs: this.deps.now(), expectedMs }),
    };
  }

  private async see(hop: HopConfig, expectedMs: number): Promise<SeenHop> {
    switch (hop.kind) {
      case 'device':
      case 'mqtt-topic':
        return this.seeMqtt(hop, expectedMs);
      case 'kafka-topic':
        return this.seeTopic(hop);
      case 'consumer-group':
        return this.seeGroup(hop);
      default:
        return this.seeTable(hop);
    }
  }

  private seeMqtt(
    hop: Extract<HopConfig, { broker: string }>,
    expectedMs: number,
  ): SeenHop {
    const traffic = this.traffic.get(hop)?.();
    const filters = hop.topicFilters.join(', ');
    const title = hop.title ?? filters;
    return {
      kind: hop.kind,
      name: hop.kind === 'device' ? title : filters,
      title,
      cluster: null,
      ratePerSecond: traffic?.ratePerSecond ?? null,
      newestAtMs: traffic?.newestAtMs ?? null,
      // Silence is meaningful only after the expected interval.
      isKnown:
        traffic !== undefined &&
        traffic.isConnected &&
        (traffic.newestAtMs !== null || traffic.listeningMs >= expectedMs),
      detail: traffic
        ? describeTraffic(hop.kind, traffic, this.deps.now(), expectedMs)
        : null,
    };
  }

  private async seeTopic(
    hop: Extract<HopConfig, { kind: 'kafka-topic' }>,
  ): Promise<SeenHop> {
    const { found, reason } = await this.deps.lag.topic(hop.cluster, hop.topic);
    return {
      kind: hop.kind,
      name: hop.topic,
      title: hop.title ?? hop.topic,
      cluster: hop.cluster,
      ratePerSecond: found?.producedPerSecond ?? null,
      newestAtMs: instantMs(found?.movedAt),
      isKnown: found !== undefined && found.movedAt !== null,
      detail: found ? describeTopic(found) : reason,
    };
  }

  private async seeGroup(
    hop: Extract<HopConfig, { kind: 'consumer-group' }>,
  ): Promise<SeenHop> {
    const { lag } = this.deps;
    const { found, reason } = await lag.group(hop.cluster, hop.groupId);
    const moved = found?.partitions.flatMap(({ movedAt }) => movedAt ?? []);
    return {
      kind: hop.kind,
      name: hop.groupId,
      title: hop.title ?? hop.groupId,
      cluster: hop.cluster,
      ratePerSecond: found?.consumedPerSecond ?? null,
      newestAtMs: instantMs(moved?.toSorted().at(-1)),
      isKnown:
        found !== undefined &&
        found.status !== 'UNREADABLE' &&
        found.status !== 'NO_COMMIT',
      isIdle: found?.lag === '0',
      hasStopped: found?.status === 'STOP' || found?.status === 'STALL',
      detail: found ? found.sentence : reason,
    };
  }

  private async seeTable(
    hop: Extract<HopConfig, { kind: 'table' }>,
  ): Promise<SeenHop> {
    const base = {
      kind: hop.kind,
      name: hop.table,
      title: hop.title ?? hop.table,
      cluster: null,
    };
    try {
      const traffic = await this.databases.get(hop.database)?.of(hop);
      return {
        ...base,
        ratePerSecond: traffic?.ratePerSecond ?? null,
        newestAtMs: traffic?.newestAtMs ?? null,
        isKnown: traffic !== undefined,
        detail: null,
      };
    } catch (error) {
      return {
        ...base,
        ratePerSecond: null,
        newestAtMs: null,
        isKnown: false,
        detail: `The database could not be queried: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
}

function instantMs(instant: string | null | undefined): number | null {
  return instant === null || instant === undefined ? null : Date.parse(instant);
}

function describeTopic(topic: TopicSummary): string | null {
  if (topic.problem) return topic.problem.message;
  return topic.movedAt === null
    ? 'No record has arrived since monitoring started.'
    : null;
}

function describeTraffic(
  kind: HopConfig['kind'],
  traffic: Traffic,
  nowMs: number,
  expectedMs: number,
): string | null {
  if (!traffic.isConnected) return 'Not connected to the MQTT broker.';
  if (traffic.newestAtMs === null)
    return `No message for ${formatDuration(traffic.listeningMs)}.`;
  return kind === 'device' ? silence(traffic.topics, nowMs, expectedMs) : null;
}

/** The number of MQTT topics, and the one that has been silent longest. */
function silence(
  topics: ReadonlyMap<string, number>,
  nowMs: number,
  expectedMs: number,
): string {
  const count = topics.size === 1 ? '1 topic' : `${topics.size} topics`;
  const silent = [...topics].filter(([, atMs]) => nowMs - atMs > expectedMs);
  const [longest] = silent;
  if (longest === undefined) return count;
  const [topic, atMs] = longest;
  return `${count}, ${silent.length} silent; ${topic} for ${formatDuration(nowMs - atMs)}`;
}
