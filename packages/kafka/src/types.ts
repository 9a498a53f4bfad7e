import type { ConnectionState, EventLogger } from '@homelab/service-kit';

/** A record on its way to Kafka. Strings are sent as UTF-8. */
export interface OutgoingRecord {
  readonly topic: string;
  /** Determines the partition (murmur2, as in the Java client); `null` means round robin. */
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
  /** Unix time in milliseconds; now when absent. */
  readonly timestampMs?: number;
  /** Overrides the partition that the key would choose. */
  readonly partition?: number;
}

/** A record as read from Kafka; bytes are untouched. */
export interface ConsumedRecord {
  /** A 64-bit number in decimal: compare as BigInt, never as Number. */
  readonly offset: string;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** If a header occurs more than once, the last value wins. */
  readonly headers: Readonly<Record<string, Buffer>>;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Records of one partition, in order, with what their handler may call. */
export interface RecordBatch extends TopicPartition {
  /** At least one record. */
  readonly records: readonly ConsumedRecord[];
  /** The offset after the partition's newest record at the time of reading. */
  readonly highWatermark: string;
  /**
   * Commits this batch in the group, or only the records up to and including
   * `throughOffset`. Rejects with a retryable {@link KafkaError} when the group refuses,
   * for instance because the partition was reassigned.
   */
  commit(throughOffset?: string): Promise<void>;
  /**
   * Sends a heartbeat now (a timer also sends them while the handler runs). Rejects with
   * a retryable {@link KafkaError} when a rebalance has begun: stop then, uncommitted.
   */
  heartbeat(): Promise<void>;
  /** True when the partition may belong to another member: stop writing. */
  isStale(): boolean;
  /** True once `stop()` was called: finish soon and commit what is done. */
  isStopping(): boolean;
}

/**
 * Handles one batch. When it resolves, reading continues after the batch; committing is a
 * separate, explicit step. When it rejects with an error whose `retryable` is true, the
 * same records are redelivered after a backoff. Any other rejection stops the consumer,
 * and `failed` rejects.
 */
export type BatchHandler = (batch: RecordBatch) => Promise<void>;

export interface ProducerOptions {
  /** Most unacknowledged records; `send` refuses more. Default 50 000. */
  readonly maxPendingRecords?: number;
  /** Longest time `stop` waits for pending records. Default 3 000. */
  readonly stopTimeoutMs?: number;
}

export interface RecordProducer {
  /** Connects, retrying with backoff; rejects only when `stop` is called. */
  start(): Promise<void>;
  /**
   * Sends the records in order and resolves when every one is acknowledged by all in-sync
   * replicas. Calls are served one at a time. Tries once, connecting first where needed:
   * when and how often to retry is the caller's decision. Retrying may write a record
   * twice after a lost response; none is lost silently. Rejects with a {@link
   * KafkaError}; `retryable` says whether the same records may succeed later.
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Waits for pending records within the stop timeout, then disconnects. May be called twice. */
  stop(): Promise<void>;
  /** Not ok without a live connection or when an acknowledgement is overdue. */
  state(): ConnectionState;
}

export interface TransactionOptions {
  /** Only one producer with this id works at a time: a new one fences the previous one. */
  readonly transactionalId: string;
  /**
   * Age at which the broker aborts an open transaction, for instance of a killed process.
   * Until then it blocks readers. Default 10 000.
   */
  readonly transactionTimeoutMs?: number;
}

/** Sends records so that readers see all of one call or none. */
export interface TransactionalProducer {
  /**
   * Connects. From then on an older producer with the same id is fenced and its open
   * transaction is aborted, so a later read sees everything it ever committed.
   */
  start(): Promise<void>;
  /**
   * Sends the records in one transaction; resolves when it is committed. Rejects with a
   * {@link KafkaError}: then no record is visible, except perhaps with the code
   * `OUTCOME_UNKNOWN`. Every later call rejects with the same error: create a new
   * producer.
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Disconnects. May be called twice. */
  stop(): Promise<void>;
}

/** A record and where it was read. */
export type ReadRecord = ConsumedRecord & TopicPartition;

export interface ReadOptions {
  readonly topics: readonly string[];
  /** Where to begin; for partitions not listed, the oldest record. */
  readonly from?: readonly (TopicPartition & { readonly offset: string })[];
  /** Where to end (exclusive); for partitions not listed, their current end. */
  readonly to?: readonly (TopicPartition & { readonly offset: string })[];
  /** Skips partitions that `from` does not list. Default false. */
  readonly onlyNamed?: boolean;
  /**
   * Called with one or more records of one partition, in order; reading waits for it.
   * Each record is handed out once. `enough` ends the read.
   */
  readonly onRecords: (
    records: readonly ReadRecord[],
  ) => Promise<'more' | 'enough'>;
  /** Longest time without new records before the end is reached. Default 30 000. */
  readonly idleTimeoutMs?: number;
}

export interface ConsumerOptions {
  readonly groupId: string;
  /**
   * Where to start when there is no committed offset or it no longer exists: true at the
   * oldest record (sinks), false after the newest (live tails).
   */
  readonly fromBeginning: boolean;
  /** Silence after which the group reassigns the partitions. Default 30 000. */
  readonly sessionTimeoutMs?: number;
  /** Default 3 000. */
  readonly heartbeatIntervalMs?: number;
  /** Longest time the broker holds a read that finds no records. Default 500. */
  readonly maxWaitMs?: number;
  /** Most bytes read from one partition at once. Default 1 MiB. */
  readonly maxBytesPerPartition?: number;
  /** Batches of different partitions handled at the same time. Default 1. */
  readonly concurrency?: number;
  /**
   * Batches of a partition delivered while the handler is still busy with an earlier one.
   * Commits keep the order of the records. Default 0.
   */
  readonly readAhead?: number;
  /** Longest time `stop` waits for running handlers. Default 5 000. */
  readonly stopTimeoutMs?: number;
}

export interface ConsumerSubscription {
  readonly topics: readonly string[];
  readonly onBatch: BatchHandler;
}

export interface RecordConsumer {
  /**
   * Joins the group and resolves once partitions are assigned; a live tail then sees
   * every record acknowledged afterwards. Keeps trying while the brokers are down.
   * Rejects when a Kafka topic does not exist or when `stop` is called meanwhile.
   */
  start(subscription: ConsumerSubscription): Promise<void>;
  /**
   * Stops reading these partitions (without `partitions`, the whole topic) and stays in
   * the group.
   */
  pause(
    topics: readonly { topic: string; partitions?: readonly number[] }[],
  ): void;
  resume(
    topics: readonly { topic: string; partitions?: readonly number[] }[],
  ): void;
  /** The partitions this member holds now. */
  assigned(): readonly TopicPartition[];
  /** Lets running handlers finish, leaves the group, disconnects. May be called twice. */
  stop(): Promise<void>;
  /**
   * Never resolves; rejects with a {@link KafkaError} when the consumer has failed for
   * good.
   */
  readonly failed: Promise<never>;
  /**
   * Not ok before joining, during a rebalance, without a connection or when reading
   * stalls.
   */
  state(): ConnectionState;
}

/** Where the records of a topic begin for a tail. */
export interface TailBegin {
  readonly topic: string;
  /** The id that Kafka gave the topic; another one after it was created anew. */
  readonly topicId: string;
  /**
   * `records_lost`: the records after the last one that was told are gone, because they were
   * deleted before they were read or the topic was created anew.
   */
  readonly reason: 'started' | 'records_lost';
  /** The next offset of every partition. */
  readonly partitions: readonly {
    readonly partition: number;
    readonly offset: string;
  }[];
}

/** Records of one partition, in order. */
export interface TailBatch extends TopicPartition {
  readonly topicId: string;
  /** None when only the offset advanced, as over the end of a transaction. */
  readonly records: readonly ConsumedRecord[];
  /** The offset after all that is told. */
  readonly nextOffset: string;
}

export interface TailOptions {
  readonly topics: readonly string[];
  /** Begins with the records that arrived so long ago; by default with those after the start. */
  readonly pastMs?: number;
  /** The most of these that are read of a partition. */
  readonly maxPastRecords?: number;
  /** Called before the records of a topic, and again when some were lost. */
  readonly onBegin: (begin: TailBegin) => void;
  readonly onRecords: (batch: TailBatch) => void;
}

/**
 * Reads every partition of some topics as they grow, outside of any consumer group: it commits
 * nothing, shares with nobody and leaves nothing behind on the brokers.
 */
export interface RecordTail {
  /**
   * Resolves once it has told what the topics held at the start. Waits for absent brokers and
   * topics; rejects only when it is stopped.
   */
  start(): Promise<void>;
  /** Disconnects. May be called twice. */
  stop(): Promise<void>;
  /** Not ok without a connection or when the brokers do not answer. */
  state(): ConnectionState;
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  /** Default 1. */
  readonly replicationFactor?: number;
  /** Kafka's own topic settings, for instance `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface TopicDescription {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Settings of the topic itself. */
  readonly config: Readonly<Record<string, string>>;
}

export interface PartitionOffsets {
  readonly partition: number;
  /** Offset of the oldest record kept. */
  readonly low: string;
  /** Offset after the newest record. */
  readonly high: string;
}

export interface GroupOffset extends TopicPartition {
  /** Offset of the next record to read, or `null` when nothing was committed. */
  readonly offset: string | null;
}

/** What tools and tests need of the cluster. Every method rejects with a {@link KafkaError}. */
export interface KafkaAdmin {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Node ids of the brokers that answer. */
  brokers(): Promise<readonly number[]>;
  listTopics(): Promise<readonly string[]>;
  /**
   * Creates the missing ones, waits until all can be written to, returns the names
   * created.
   */
  createTopics(topics: readonly NewTopic[]): Promise<readonly string[]>;
  /** Descriptions of the existing ones, in the order given. */
  describeTopics(
    names: readonly string[],
  ): Promise<readonly TopicDescription[]>;
  /** Raises the number of partitions to `partitions` in total. */
  addPartitions(name: string, partitions: number): Promise<void>;
  /**
   * Sets the topic's settings to exactly `config`: omitted ones return to the broker's
   * default.
   */
  setTopicConfig(
    name: string,
    config: Readonly<Record<string, string>>,
  ): Promise<void>;
  /**
   * Places every partition on `replicationFactor` brokers in total, and resolves once
   * the copies are complete. Rejects when there are fewer brokers.
   */
  raiseReplication(name: string, replicationFactor: number): Promise<void>;
  /** Deletes every record before the given offset of each partition. */
  deleteRecords(
    name: string,
    before: readonly { readonly partition: number; readonly offset: string }[],
  ): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  topicOffsets(name: string): Promise<readonly PartitionOffsets[]>;
  groupOffsets(
    groupId: string,
    topics: readonly string[],
  ): Promise<readonly GroupOffset[]>;
  /** Groups must have no members. */
  deleteGroups(groupIds: readonly string[]): Promise<void>;
}

/** Encryption and credentials of the connections. */
export interface KafkaSecurity {
  /** TLS, with the certificates of the system or those given in PEM. */
  readonly tls?:
    | true
    | {
        readonly ca?: string;
        readonly cert?: string;
        readonly key?: string;
        readonly rejectUnauthorized?: boolean;
      };
  readonly sasl?: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
    readonly username: string;
    readonly password: string;
  };
}

export interface KafkaClientOptions extends KafkaSecurity {
  /** `host:port` of one or more bootstrap brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly logger: EventLogger;
  /** Longest wait for a broker's response. Default 15 000. */
  readonly requestTimeoutMs?: number;
}

/** Creates producers, consumers and admins; opens nothing itself. */
export interface KafkaClient {
  producer(options?: ProducerOptions): RecordProducer;
  consumer(options: ConsumerOptions): RecordConsumer;
  admin(): KafkaAdmin;
  tail(options: TailOptions): RecordTail;
  transactionalProducer(options: TransactionOptions): TransactionalProducer;
  /**
   * Reads what the topics hold now, except aborted and uncommitted records, and resolves
   * at the end.
   */
  read(options: ReadOptions): Promise<void>;
}
