import type { ConnectionState, EventLogger } from '@homelab/service-kit';

/** A record on its way to Kafka. Strings are sent as UTF-8. */
export interface OutgoingRecord {
  readonly topic: string;
  /** Chooses the partition (murmur2, as the Java client does); `null` spreads round robin. */
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
  /** Time of the record in milliseconds since 1970; now when absent. */
  readonly timestampMs?: number;
  /** Overrides the partition that the key would choose. */
  readonly partition?: number;
}

/** A record as read from Kafka; bytes are untouched. */
export interface ConsumedRecord {
  /** Decimal digits of a 64 bit number: compare as BigInt, never as Number. */
  readonly offset: string;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Of a header given several times the last value is kept. */
  readonly headers: Readonly<Record<string, Buffer>>;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Records of one partition, in order, and what their handler may do. */
export interface RecordBatch extends TopicPartition {
  /** At least one record. */
  readonly records: readonly ConsumedRecord[];
  /** Offset after the newest record of the partition at the time of reading. */
  readonly highWatermark: string;
  /**
   * Stores in the group that this batch is done, or only the records up to and
   * including `throughOffset`. Rejects with a retryable {@link KafkaError} when
   * the group refuses, for instance because the partition went to another member.
   */
  commit(throughOffset?: string): Promise<void>;
  /**
   * Tells the group at once that this member lives (it is also done on a timer
   * while the handler runs). Rejects with a retryable {@link KafkaError} when a
   * rebalance has begun: stop then, uncommitted.
   */
  heartbeat(): Promise<void>;
  /** True when the partition may belong to another member: write nothing more. */
  isStale(): boolean;
  /** True after `stop()` was called: finish soon, commit what is done. */
  isStopping(): boolean;
}

/**
 * Handles one batch. When it resolves, reading goes on behind the batch; a commit
 * is its own, explicit step. When it rejects with an error whose `retryable` is
 * true, the same records come again after a backoff. Any other rejection stops the
 * consumer, and `failed` rejects.
 */
export type BatchHandler = (batch: RecordBatch) => Promise<void>;

export interface ProducerOptions {
  /** Records accepted and not yet acknowledged; `send` refuses more. Default 50 000. */
  readonly maxPendingRecords?: number;
  /** Longest time `stop` waits for pending records. Default 3 000. */
  readonly stopTimeoutMs?: number;
}

export interface RecordProducer {
  /** Connects; keeps trying with backoff until it succeeds or `stop` is called, then rejects. */
  start(): Promise<void>;
  /**
   * Sends the records in order and resolves when every one is acknowledged by all
   * in-sync replicas. Calls are served one after the other. Tries once, connecting first
   * where needed: when and how often to retry is the caller's decision. Retrying may write
   * a record twice after a lost response; none is lost silently.
   * Rejects with a {@link KafkaError}; `retryable` says whether the same records may
   * succeed later.
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Waits for pending records within the stop timeout, then disconnects. May be called twice. */
  stop(): Promise<void>;
  /** Not ok without a live connection or when an acknowledgement is overdue. */
  state(): ConnectionState;
}

export interface TransactionOptions {
  /** One producer with this id works at a time: a new one shuts out the one before. */
  readonly transactionalId: string;
  /**
   * Age at which the broker aborts an open transaction, for instance of a killed
   * process. Until then readers wait behind it. Default 10 000.
   */
  readonly transactionTimeoutMs?: number;
}

/** Sends records so that readers see all of one call or none. */
export interface TransactionalProducer {
  /**
   * Connects. An older producer with the same id is shut out from now on and what it
   * had left open is aborted: what is read afterwards is all that it has done.
   */
  start(): Promise<void>;
  /**
   * Sends the records in one transaction; resolves when it is committed. Rejects with a
   * {@link KafkaError}: then no record is seen, except perhaps with the code
   * `OUTCOME_UNKNOWN`. Every further call rejects with the same: make a new producer.
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Disconnects. May be called twice. */
  stop(): Promise<void>;
}

/** A record and where it was read. */
export type ReadRecord = ConsumedRecord & TopicPartition;

export interface ReadOptions {
  readonly topics: readonly string[];
  /** Where to begin; the oldest record of every partition that is not named. */
  readonly from?: readonly (TopicPartition & { readonly offset: string })[];
  /**
   * Where to end, before this offset; the end as it is now of every partition that is not
   * named.
   */
  readonly to?: readonly (TopicPartition & { readonly offset: string })[];
  /** Leaves partitions out that `from` does not name. Default false. */
  readonly onlyNamed?: boolean;
  /**
   * Takes records of one partition in their order, at least one; reading waits for it.
   * Each record is handed out once. `enough` ends the read.
   */
  readonly onRecords: (
    records: readonly ReadRecord[],
  ) => Promise<'more' | 'enough'>;
  /** Longest time without anything new before the end. Default 30 000. */
  readonly idleTimeoutMs?: number;
}

export interface ConsumerOptions {
  readonly groupId: string;
  /**
   * Where to start without a committed offset, or with one that is gone:
   * true at the oldest record (sinks), false behind the newest (live tails).
   */
  readonly fromBeginning: boolean;
  /** Silence after which the group gives the partitions away. Default 30 000. */
  readonly sessionTimeoutMs?: number;
  /** Default 3 000. */
  readonly heartbeatIntervalMs?: number;
  /** Longest time the broker holds a read that finds nothing. Default 500. */
  readonly maxWaitMs?: number;
  /** Most bytes read from one partition at once. Default 1 MiB. */
  readonly maxBytesPerPartition?: number;
  /** Batches of different partitions handled at the same time. Default 1. */
  readonly concurrency?: number;
  /**
   * Batches of a partition handed to the handler while it has not done with an earlier
   * one. Their commits keep the order of the records. Default 0.
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
   * every record acknowledged afterwards. Keeps trying while the brokers are away.
   * Rejects when a Kafka topic does not exist or when `stop` is called meanwhile.
   */
  start(subscription: ConsumerSubscription): Promise<void>;
  /** Stops reading these partitions (all of the topic's without `partitions`) and stays in the group. */
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
  /** Never resolves; rejects with a {@link KafkaError} when the consumer has ended for good by itself. */
  readonly failed: Promise<never>;
  /** Not ok before joining, during a rebalance, without a connection, or when reading hangs. */
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
  /** Settings made on the topic itself. */
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
  /** Creates those that do not exist, waits until all can be written to, returns the names created. */
  createTopics(topics: readonly NewTopic[]): Promise<readonly string[]>;
  /** Descriptions of those that exist, in the order asked. */
  describeTopics(
    names: readonly string[],
  ): Promise<readonly TopicDescription[]>;
  /** Raises the number of partitions to `partitions` in total. */
  addPartitions(name: string, partitions: number): Promise<void>;
  /** Sets the topic's settings to exactly `config`: one left out returns to the broker's default. */
  setTopicConfig(
    name: string,
    config: Readonly<Record<string, string>>,
  ): Promise<void>;
  /**
   * Places every partition on `replicationFactor` brokers in total, and resolves once
   * the copies are complete. Rejects when there are fewer brokers.
   */
  raiseReplication(name: string, replicationFactor: number): Promise<void>;
  /** Deletes, of each partition named, every record before the offset. */
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

/** How connections are encrypted and who signs in. */
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
  /** `host:port` of one or more brokers to begin with. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly logger: EventLogger;
  /** Longest wait for one answer of a broker. Default 15 000. */
  readonly requestTimeoutMs?: number;
}

/** Makes producers, consumers and admins; opens nothing by itself. */
export interface KafkaClient {
  producer(options?: ProducerOptions): RecordProducer;
  consumer(options: ConsumerOptions): RecordConsumer;
  admin(): KafkaAdmin;
  transactionalProducer(options: TransactionOptions): TransactionalProducer;
  /**
   * Reads what the topics hold now, except for what was aborted or is not yet
   * committed, and resolves at the end of it.
   */
  read(options: ReadOptions): Promise<void>;
}
