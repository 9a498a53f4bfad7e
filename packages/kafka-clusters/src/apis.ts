import * as kafka from '@platformatic/kafka';
import type { Connection } from '@platformatic/kafka';
import type {
  ConfigsAnswer,
  CoordinatorsAnswer,
  FetchAnswer,
  GroupsAnswer,
  LogDirsAnswer,
  MembersAnswer,
  MetadataAnswer,
  NewMembersAnswer,
  OffsetCommitAnswer,
  OffsetFetchAnswer,
  OffsetsAnswer,
} from './answers';

/** At least one argument, so that TypeScript infers a tuple. */
export type AnyArgs = [unknown, ...unknown[]];

/** One version of one request type. */
export interface Api<Args extends AnyArgs, Answer> {
  readonly key: number;
  readonly version: number;
  readonly async: (connection: Connection, ...args: Args) => Promise<Answer>;
}

/** A request type in every version that we support, in no particular order. */
export interface ApiVersions<Args extends AnyArgs, Answer> {
  /** How error messages name it. */
  readonly name: string;
  readonly versions: readonly Api<Args, Answer>[];
}

// The oldest versions are those of Kafka 0.11 (2017): before it, a metadata request could not
// be kept from creating the topics it names, and there were no transactions.

/** Topics (null: all), whether to create them, whether to include permitted operations. */
export const metadataApi: ApiVersions<
  [topics: string[] | null, create: boolean, allowed: boolean],
  MetadataAnswer
> = {
  name: 'Metadata',
  versions: [
    kafka.metadataV4.api,
    kafka.metadataV5.api,
    kafka.metadataV6.api,
    kafka.metadataV7.api,
    kafka.metadataV8.api,
    kafka.metadataV9.api,
    kafka.metadataV10.api,
    kafka.metadataV11.api,
    kafka.metadataV12.api,
  ],
};

/** States and types to list; empty for all. */
export const listGroupsApi: ApiVersions<
  [states: never[], types: string[]],
  GroupsAnswer
> = {
  name: 'ListGroups',
  versions: [
    kafka.listGroupsV0.api,
    kafka.listGroupsV1.api,
    kafka.listGroupsV2.api,
    kafka.listGroupsV3.api,
    kafka.listGroupsV4.api,
    kafka.listGroupsV5.api,
  ],
};

/** Kind of key (0: group) and keys; below version 4 only one key. */
export const findCoordinatorApi: ApiVersions<
  [kind: number, keys: string[]],
  CoordinatorsAnswer
> = {
  name: 'FindCoordinator',
  versions: [
    kafka.findCoordinatorV0.api,
    kafka.findCoordinatorV1.api,
    kafka.findCoordinatorV2.api,
    kafka.findCoordinatorV3.api,
    kafka.findCoordinatorV4.api,
    kafka.findCoordinatorV5.api,
    kafka.findCoordinatorV6.api,
  ],
};

/** Groups, and whether to include permitted operations. */
export const describeGroupsApi: ApiVersions<
  [groups: string[], allowed: boolean],
  MembersAnswer
> = {
  name: 'DescribeGroups',
  versions: [
    kafka.describeGroupsV0.api,
    kafka.describeGroupsV1.api,
    kafka.describeGroupsV2.api,
    kafka.describeGroupsV3.api,
    kafka.describeGroupsV4.api,
    kafka.describeGroupsV5.api,
  ],
};

/** The same for groups of the protocol of KIP-848. */
export const consumerGroupDescribeApi: ApiVersions<
  [groups: string[], allowed: boolean],
  NewMembersAnswer
> = {
  name: 'ConsumerGroupDescribe',
  versions: [kafka.consumerGroupDescribeV0.api],
};

/** Groups with their partitions (null: all committed ones); below version 8 only one group. */
export const offsetFetchApi: ApiVersions<
  [
    groups: {
      groupId: string;
      memberId: null;
      memberEpoch: number;
      topics: null;
    }[],
    requireStable: boolean,
  ],
  OffsetFetchAnswer
> = {
  name: 'OffsetFetch',
  versions: [
    kafka.offsetFetchV2.api,
    kafka.offsetFetchV3.api,
    kafka.offsetFetchV4.api,
    kafka.offsetFetchV5.api,
    kafka.offsetFetchV6.api,
    kafka.offsetFetchV7.api,
    kafka.offsetFetchV8.api,
    kafka.offsetFetchV9.api,
  ],
};

/** Replica (-1: a client), isolation level, and partitions with the time to look up. */
export const listOffsetsApi: ApiVersions<
  [
    replica: number,
    isolationLevel: number,
    topics: {
      name: string;
      partitions: {
        partitionIndex: number;
        currentLeaderEpoch: number;
        timestamp: bigint;
      }[];
    }[],
  ],
  OffsetsAnswer
> = {
  name: 'ListOffsets',
  versions: [
    kafka.listOffsetsV2.api,
    kafka.listOffsetsV3.api,
    kafka.listOffsetsV4.api,
    kafka.listOffsetsV5.api,
    kafka.listOffsetsV6.api,
    kafka.listOffsetsV7.api,
    kafka.listOffsetsV8.api,
    kafka.listOffsetsV9.api,
  ],
};

export const describeConfigsApi: ApiVersions<
  [
    resources: {
      resourceType: 2;
      resourceName: string;
      configurationKeys: string[];
    }[],
  ],
  ConfigsAnswer
> = {
  name: 'DescribeConfigs',
  versions: [
    kafka.describeConfigsV0.api,
    kafka.describeConfigsV1.api,
    kafka.describeConfigsV2.api,
    kafka.describeConfigsV3.api,
    kafka.describeConfigsV4.api,
  ],
};

/** Partitions whose size in bytes is wanted from the broker that holds them. */
export const describeLogDirsApi: ApiVersions<
  [topics: { name: string; partitions: number[] }[]],
  LogDirsAnswer
> = {
  name: 'DescribeLogDirs',
  versions: [
    kafka.describeLogDirsV0.api,
    kafka.describeLogDirsV2.api,
    kafka.describeLogDirsV3.api,
    kafka.describeLogDirsV4.api,
  ],
};

/** As a simple consumer: generation -1, no member, no instance. */
export const offsetCommitApi: ApiVersions<
  [
    groupId: string,
    generation: number,
    memberId: string,
    instanceId: null,
    topics: {
      name: string;
      partitions: {
        partitionIndex: number;
        committedOffset: bigint;
        committedLeaderEpoch: number;
        committedMetadata: null;
      }[];
    }[],
  ],
  OffsetCommitAnswer
> = {
  name: 'OffsetCommit',
  versions: [
    kafka.offsetCommitV2.api,
    kafka.offsetCommitV3.api,
    kafka.offsetCommitV4.api,
    kafka.offsetCommitV5.api,
    kafka.offsetCommitV6.api,
    kafka.offsetCommitV7.api,
    kafka.offsetCommitV8.api,
    kafka.offsetCommitV9.api,
  ],
};

/** From version 13 on, `topicId` is the topic's id; before, its name. */
export const fetchApi: ApiVersions<
  [
    maxWaitMs: number,
    minBytes: number,
    maxBytes: number,
    isolationLevel: number,
    sessionId: number,
    sessionEpoch: number,
    topics: {
      topicId: string;
      partitions: {
        partition: number;
        currentLeaderEpoch: number;
        fetchOffset: bigint;
        lastFetchedEpoch: number;
        partitionMaxBytes: number;
      }[];
    }[],
    forgotten: never[],
    rackId: string,
  ],
  FetchAnswer
> = {
  name: 'Fetch',
  versions: [
    kafka.fetchV4.api,
    kafka.fetchV5.api,
    kafka.fetchV6.api,
    kafka.fetchV7.api,
    kafka.fetchV8.api,
    kafka.fetchV9.api,
    kafka.fetchV10.api,
    kafka.fetchV11.api,
    kafka.fetchV12.api,
    kafka.fetchV13.api,
    kafka.fetchV14.api,
    kafka.fetchV15.api,
    kafka.fetchV16.api,
    kafka.fetchV17.api,
  ],
};
