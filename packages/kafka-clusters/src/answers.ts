/** The fields of brokers' responses that are read here, the same in every version. */

type NullableString = string | null | undefined;

export interface MetadataAnswer {
  readonly brokers: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
  }[];
  readonly topics: readonly {
    readonly errorCode: number;
    readonly name: NullableString;
    /** All zeros from brokers that have none. */
    readonly topicId: string;
    readonly isInternal: boolean;
    readonly partitions: readonly {
      readonly errorCode: number;
      readonly partitionIndex: number;
      /** -1 when there is none. */
      readonly leaderId: number;
    }[];
  }[];
}

export interface GroupsAnswer {
  readonly errorCode: number;
  readonly groups: readonly {
    readonly groupId: string;
    readonly protocolType: string;
    /** Empty below version 4. */
    readonly groupState: string;
    /** `classic`, `consumer`, `share`, `streams`; empty below version 5. */
    readonly groupType?: string;
  }[];
}

export interface CoordinatorsAnswer {
  readonly coordinators: readonly {
    /** Empty below version 4, where it is the key that was asked for. */
    readonly key: string;
    readonly errorCode: number;
    readonly nodeId: number;
  }[];
}

export interface MembersAnswer {
  readonly groups: readonly {
    readonly errorCode: number;
    readonly groupId: string;
    readonly groupState: string;
    readonly protocolType: string;
    /** The assignor. */
    readonly protocolData: string;
    readonly members: readonly {
      readonly memberId: string;
      /** Absent below version 4. */
      readonly groupInstanceId?: NullableString;
      readonly clientId: string;
      readonly clientHost: string;
      readonly memberAssignment: Buffer;
    }[];
  }[];
}

export interface NewMembersAnswer {
  readonly groups: readonly {
    readonly errorCode: number;
    readonly groupId: string;
    readonly groupState: string;
    readonly assignorName: string;
    readonly members: readonly {
      readonly memberId: string;
      readonly instanceId: NullableString;
      readonly clientId: string;
      readonly clientHost: string;
      readonly assignment: {
        readonly topicPartitions: readonly {
          readonly topicName: string;
          readonly partitions: readonly number[];
        }[];
      };
    }[];
  }[];
}

interface FetchedTopic {
  readonly name: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    /** -1 when nothing was committed. */
    readonly committedOffset: bigint;
    readonly errorCode: number;
  }[];
}

export interface OffsetFetchAnswer {
  /** From version 8 on. */
  readonly groups: readonly {
    readonly groupId: string;
    readonly errorCode: number;
    readonly topics: readonly FetchedTopic[];
  }[];
  /** Below version 8: those of the one group that was asked for. */
  readonly topics?: readonly FetchedTopic[];
  readonly errorCode?: number;
}

export interface OffsetsAnswer {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: number;
      readonly timestamp: bigint;
      /** -1 when there is none. */
      readonly offset: bigint;
    }[];
  }[];
}

export interface ConfigsAnswer {
  readonly results: readonly {
    readonly errorCode: number;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      readonly value: NullableString;
    }[];
  }[];
}

/** The partitions in the log directories of one broker. */
export interface LogDirsAnswer {
  readonly results: readonly {
    readonly errorCode: number;
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly {
        readonly partitionIndex: number;
        readonly partitionSize: bigint;
        /** A copy that is being moved to another directory. */
        readonly isFutureKey: boolean;
      }[];
    }[];
  }[];
}

export interface OffsetCommitAnswer {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: number;
    }[];
  }[];
}

/** Records of a partition as the producer batched and compressed them. */
export interface FetchedBatch {
  readonly firstOffset: bigint;
  readonly lastOffsetDelta: number;
  readonly attributes: number;
  readonly firstTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly producerId: bigint;
  /** Bytes on the wire. */
  readonly length: number;
  readonly records: readonly {
    readonly offsetDelta: number;
    readonly timestampDelta: bigint;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    readonly headers: readonly [Buffer | null, Buffer | null][];
  }[];
}

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

export interface FetchAnswer {
  readonly errorCode: number;
  readonly responses: readonly {
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: number;
      readonly lastStableOffset: bigint;
      readonly abortedTransactions: readonly AbortedTransaction[] | null;
      readonly records?: readonly FetchedBatch[] | null;
    }[];
  }[];
}
