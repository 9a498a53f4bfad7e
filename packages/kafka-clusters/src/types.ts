import type { KafkaSecurity } from '@homelab/kafka';

/** How to reach one Kafka cluster. */
export interface ClusterConnection extends KafkaSecurity {
  /** `host:port` of one or more bootstrap brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Longest wait for one answer of a broker. */
  readonly requestTimeoutMs: number;
}

/** Why a part could not be read: Kafka's own error name, and a sentence. */
export interface Problem {
  /** Such as `GROUP_AUTHORIZATION_FAILED`, `LEADER_NOT_AVAILABLE`, `REQUEST_TIMEOUT`. */
  readonly code: string;
  readonly message: string;
}

/** One partition as its leader describes it. */
export interface PartitionSnapshot {
  readonly partition: number;
  /** Node id of the leader; null when there is none. */
  readonly leader: number | null;
  /** Offset of the oldest record kept; null when it could not be read. */
  readonly low: bigint | null;
  /** Offset after the newest record, committed or not. */
  readonly high: bigint | null;
  /** Where readers of committed records end: before `high` while a transaction is open. */
  readonly stable: bigint | null;
  /** When the end offset was read. */
  readonly readAtMs: number;
  readonly problem?: Problem;
}

export interface TopicSnapshot {
  readonly name: string;
  /** Changes when a topic is deleted and created again; null from old brokers. */
  readonly id: string | null;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionSnapshot[];
  readonly problem?: Problem;
}

export interface GroupMember {
  readonly memberId: string;
  /** Of a static member; null for others. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  readonly assigned: readonly {
    readonly topic: string;
    readonly partitions: readonly number[];
  }[];
}

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record to read; null when nothing was committed or it expired. */
  readonly offset: bigint | null;
  readonly problem?: Problem;
}

export interface GroupSnapshot {
  readonly groupId: string;
  /** `consumer`, `connect`; empty for a simple consumer, which has offsets but never members. */
  readonly protocolType: string;
  /** `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead`, as the broker names it; null when unknown. */
  readonly state: string | null;
  /** The assignor, such as `range`; null when there is none. */
  readonly assignor: string | null;
  readonly members: readonly GroupMember[];
  /** All committed offsets, and null for partitions that a member reads without a commit. */
  readonly committed: readonly CommittedOffset[];
  /** When the committed offsets were read. */
  readonly readAtMs: number;
  /** Why state, members or offsets are missing. */
  readonly problem?: Problem;
  /** Why the committed offsets are missing; without it `committed` is complete. */
  readonly offsetsProblem?: Problem;
}

/** Everything one poll sees of a cluster. Committed offsets are read before end offsets, so that no lag is negative. */
export interface ClusterSnapshot {
  readonly takenAtMs: number;
  readonly brokers: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
  }[];
  readonly topics: ReadonlyMap<string, TopicSnapshot>;
  readonly groups: ReadonlyMap<string, GroupSnapshot>;
  /** Problems beyond single topics and groups, for instance a broker that did not answer. */
  readonly problems: readonly Problem[];
  /** Requests sent to brokers for it. */
  readonly requestCount: number;
}

export interface TopicSettings {
  readonly topic: string;
  /** `retention.ms`; null when records are kept forever or it could not be read. */
  readonly retentionMs: number | null;
  /** `retention.bytes` of one partition; null when unbounded or unknown. */
  readonly retentionBytes: number | null;
  /** `cleanup.policy`, such as `delete` or `compact`. */
  readonly cleanupPolicy: string | null;
  readonly problem?: Problem;
}

/** Bytes by topic and partition. */
export type PartitionSizes = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** A record read without a consumer group; its bytes are decompressed and otherwise untouched. */
export interface PeekedRecord {
  readonly offset: bigint;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer }[];
}

/** A connection to one Kafka cluster, shared by everything in this process. */
export interface KafkaCluster {
  /**
   * Reads topics, groups and offsets. Rejects only when the cluster cannot be reached at all
   * or `signal` aborts; any other failure is a `Problem` on the affected part.
   */
  snapshot(options: {
    readonly includeGroup: (groupId: string) => boolean;
    /** Topics to read besides those of the groups; by default all. */
    readonly includeTopic?: (topic: string) => boolean;
    readonly signal?: AbortSignal;
  }): Promise<ClusterSnapshot>;
  topicSettings(names: readonly string[]): Promise<readonly TopicSettings[]>;
  /**
   * Size on disk of each partition of a snapshot's topics, as its leader says. Leaves out
   * partitions whose broker is too old, denies it or does not answer.
   */
  partitionSizes(
    snapshot: Pick<ClusterSnapshot, 'brokers' | 'topics'>,
  ): Promise<PartitionSizes>;
  /**
   * The offset and time of the first record at or after a time, for each partition; null when
   * there is none.
   */
  offsetsAtTime(
    topic: string,
    partitions: readonly {
      readonly partition: number;
      readonly timeMs: number;
    }[],
  ): Promise<
    readonly {
      readonly partition: number;
      readonly offset: bigint | null;
      readonly timestampMs: number | null;
      readonly problem?: Problem;
    }[]
  >;
  /**
   * Reads at most `maxRecords` records of one partition from an offset up to its current end.
   * Leaves out aborted and uncommitted records; an empty list means that no others are left.
   */
  readRecords(options: {
    readonly topic: string;
    readonly partition: number;
    readonly fromOffset: bigint;
    readonly maxRecords: number;
    readonly maxBytes?: number;
  }): Promise<readonly PeekedRecord[]>;
  /**
   * Sets committed offsets of a group without members. Rejects with the code
   * `UNKNOWN_MEMBER_ID` or `NON_EMPTY_GROUP` when the broker says that the group has members.
   * Waits up to the request timeout while the group's broker is still loading it.
   */
  commitOffsets(
    groupId: string,
    offsets: readonly {
      readonly topic: string;
      readonly partition: number;
      readonly offset: bigint;
    }[],
  ): Promise<void>;
  /** Requests sent to brokers since it was created. */
  requestCount(): number;
  /** Closes every connection. May be called twice. */
  close(): Promise<void>;
}
