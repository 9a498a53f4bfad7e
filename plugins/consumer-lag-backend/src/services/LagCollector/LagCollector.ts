import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GroupDetail } from '@homelab/plugin-consumer-lag-common';
import { changesOf, fingerprintOf } from '../../lag/changesOf';
import type { DeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import { describeGroupDetail } from '../../lag/describeGroup';
import { describeTopicDetail, readersOf } from '../../lag/describeTopic';
import type { TopicDetail } from '../../lag/describeTopic';
import { sumKnown, sumLag, worstTimeLag } from '../../lag/flow';
import type { Limits } from '../../lag/judgePartition';
import { isWatchable } from '../../lag/isWatchable';
import type { LagMemory } from '../../lag/LagMemory';
import { groupBy } from '@homelab/portal-node';
import type {
  ClusterSnapshot,
  KafkaCluster,
  TopicSettings,
} from '@homelab/kafka-clusters';
import type { SeenGroups } from '../LagAlerts';
import type { LagStore, ReadPollRow, StoredGroup } from '../LagStore';
import { probeOldestUnread } from './probeOldestUnread';
import { problemOfPoll } from './problemOfPoll';
import { toProblem } from '../toProblem';

const settingsAgeMs = 10 * 60_000;
const maxPauseMs = 5 * 60_000;
/** Waits if the clock went back by less: replicas never agree to the second. */
const clockStepMs = 60_000;

/** A group's entities and owners in the catalog. */
export type RefsOf = (
  cluster: string,
  groupId: string,
) => {
  readonly entityRefs: readonly string[];
  readonly ownerRefs: readonly string[];
};

interface Deps {
  readonly cluster: string;
  readonly kafka: KafkaCluster;
  readonly store: LagStore;
  readonly memory: LagMemory;
  readonly limits: Limits;
  readonly pollIntervalMs: number;
  readonly includeGroup: (groupId: string) => boolean;
  readonly deadLetters: DeadLetterTopics;
  readonly refsOf: RefsOf;
  /** Called with each stored poll. */
  readonly onPoll: (seen: SeenGroups) => Promise<void>;
  readonly logger: LoggerService;
  readonly now: () => number;
}

/** Polls one cluster, judges its groups and stores the result. One poll at a time. */
export class LagCollector {
  private settings = new Map<string, TopicSettings>();
  private settingsReadAtMs = 0;
  private failures = 0;
  private pauseUntilMs = 0;
  private hasToldOfName = false;

  constructor(private readonly deps: Deps) {}

  /** Polls once. While the cluster does not answer, pauses grow up to 5 minutes. */
  async poll(signal?: AbortSignal): Promise<void> {
    const { cluster, store, now, logger, pollIntervalMs } = this.deps;
    const leftMs = this.pauseUntilMs - now();
    // A longer pause is left only after the clock went back.
    if (leftMs > 0 && leftMs <= maxPauseMs) return;
    const begunAtMs = performance.now();
    let snapshot: ClusterSnapshot;
    try {
      snapshot = await this.deps.kafka.snapshot({
        includeGroup: groupId => this.watches(groupId),
        signal,
      });
    } catch (error) {
      const problem = problemOfPoll(error, {
        isAborted: signal?.aborted ?? false,
        lastedMs: performance.now() - begunAtMs,
      });
      if (problem === undefined) return;
      this.failures += 1;
      const pauseMs = pollIntervalMs * 2 ** Math.min(this.failures - 1, 10);
      // A little less than the pause, so that the next scheduled poll runs.
      this.pauseUntilMs =
        now() + Math.min(pauseMs, maxPauseMs) - pollIntervalMs / 2;
      if (this.failures === 1)
        logger.warn(
          `The Kafka cluster ${cluster} does not answer: ${problem.message}`,
        );
      await store.saveFailure(cluster, problem);
      return;
    }
    if (this.failures > 0)
      logger.info(`The Kafka cluster ${cluster} answers again.`);
    this.failures = 0;
    await this.take(snapshot);
  }

  /** Judges and stores a poll. */
  async take(snapshot: ClusterSnapshot): Promise<void> {
    const { cluster, store, memory, kafka } = this.deps;
    await this.catchUp(snapshot.takenAtMs);
    memory.observe(snapshot);
    await probeOldestUnread({ kafka, snapshot, memory });
    await this.refreshSettings(snapshot);
    const before = await store.groups(cluster);
    const groups = this.describeGroups(snapshot, before);
    const at = new Date(snapshot.takenAtMs).toISOString();
    await store.savePoll({
      cluster,
      atMs: snapshot.takenAtMs,
      requests: snapshot.requestCount,
      problems: snapshot.problems,
      groups,
      topics: this.describeTopics(snapshot, groups),
      topicPolls: [...snapshot.topics.values()]
        .filter(({ partitions }) => partitions.length > 0)
        .map(({ name, partitions }) => ({
          topic: name,
          atMs: snapshot.takenAtMs,
          ends: partitions.map(({ high }) => high),
        })),
      readPolls: groups.flatMap(group => readPollsOf(group, snapshot)),
      events: groups.flatMap(group =>
        changesOf(group, group.fingerprint, before.get(group.groupId), at),
      ),
    });
    await this.deps.onPoll({
      groups,
      isComplete: snapshot.problems.length === 0,
    });
  }

  private watches(groupId: string): boolean {
    const { cluster, includeGroup, logger } = this.deps;
    if (isWatchable(groupId)) return includeGroup(groupId);
    if (!this.hasToldOfName)
      logger.warn(
        `The Kafka cluster ${cluster} has consumer groups whose names are empty, longer than 255 characters or contain NUL; they are not watched. One starts with ${JSON.stringify(groupId.slice(0, 40))}.`,
      );
    this.hasToldOfName = true;
    return false;
  }

  /** Adds polls that were stored before this process started, or since by another replica. */
  private async catchUp(nowMs: number): Promise<void> {
    const { cluster, store, memory, logger } = this.deps;
    const aheadMs = memory.knowsUntilMs - nowMs;
    if (aheadMs > clockStepMs) {
      logger.warn(
        `The clock of the backend went back by ${Math.round(aheadMs / 1000)} s: later polls of the Kafka cluster ${cluster} are deleted, and judgement of its groups restarts.`,
      );
      memory.clear();
      await store.forgetAfter(cluster, nowMs);
    }
    const polls = store.pollsAfter(cluster, memory.knowsUntilMs, nowMs);
    for await (const { topics, reads } of polls) memory.replay(topics, reads);
  }

  private describeGroups(
    snapshot: ClusterSnapshot,
    before: ReadonlyMap<string, StoredGroup>,
  ): (GroupDetail & { fingerprint: string })[] {
    const { cluster, memory, limits, refsOf } = this.deps;
    return [...snapshot.groups.values()]
      .filter(({ state }) => state !== 'Dead')
      .map(group => {
        const detail = describeGroupDetail(group, {
          cluster,
          snapshot,
          memory,
          limits,
          retentionMsOf: topic => this.settings.get(topic)?.retentionMs ?? null,
          before: before.get(group.groupId),
          ...refsOf(cluster, group.groupId),
        });
        return {
          ...detail,
          fingerprint: fingerprintOf(detail.members, sha256),
        };
      });
  }

  private describeTopics(
    snapshot: ClusterSnapshot,
    groups: readonly GroupDetail[],
  ): TopicDetail[] {
    const { cluster, memory, deadLetters } = this.deps;
    const names = new Set(snapshot.topics.keys());
    const readers = readersOf(groups);
    return [...snapshot.topics.values()].map(topic =>
      describeTopicDetail(topic, {
        cluster,
        takenAtMs: snapshot.takenAtMs,
        memory,
        settings: this.settings.get(topic.name),
        readers: readers.get(topic.name) ?? [],
        deadLetterTopic: deadLetters.deadLetterTopicOf(topic.name, names),
        isDeadLetters: deadLetters.isDeadLetterTopic(topic.name),
      }),
    );
  }

  private async refreshSettings(snapshot: ClusterSnapshot): Promise<void> {
    const names = [...snapshot.topics.keys()];
    const isOld = snapshot.takenAtMs - this.settingsReadAtMs > settingsAgeMs;
    const wanted = isOld
      ? names
      : names.filter(name => !this.settings.has(name));
    if (wanted.length === 0) return;
    if (isOld) this.settingsReadAtMs = snapshot.takenAtMs;
    try {
      for (const one of await this.deps.kafka.topicSettings(wanted))
        // Old settings are better than none.
        if (!one.problem || !this.settings.has(one.topic))
          this.settings.set(one.topic, one);
    } catch (error) {
      // Only the loss headroom needs them, and is unknown without.
      this.deps.logger.debug(
        `The settings of Kafka topics could not be read: ${toProblem(error).message}`,
      );
    }
  }
}

/** The rows of a group's poll, one for each Kafka topic. */
function readPollsOf(
  group: GroupDetail,
  snapshot: ClusterSnapshot,
): ReadPollRow[] {
  const byTopic = groupBy(group.partitions, ({ topic }) => topic);
  return [...byTopic].flatMap(([topic, own]) => {
    const seen = snapshot.topics.get(topic)?.partitions;
    if (!seen) return [];
    const committed: (bigint | null)[] = seen.map(() => null);
    for (const one of own)
      if (one.committed !== null)
        committed[one.partition] = BigInt(one.committed);
    return [
      {
        groupId: group.groupId,
        topic,
        atMs: snapshot.takenAtMs,
        committed,
        ends: seen.map(({ stable, high }) => stable ?? high),
        lag: sumLag(own),
        timeLagMs: worstTimeLag(own.map(({ timeLag }) => timeLag)).ms,
        producedPerSecond: sumKnown(own.map(one => one.producedPerSecond)),
        consumedPerSecond: sumKnown(own.map(one => one.consumedPerSecond)),
      },
    ];
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
