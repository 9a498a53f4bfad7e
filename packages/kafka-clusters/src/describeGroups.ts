import type { MembersAnswer, NewMembersAnswer } from './answers';
import { consumerGroupDescribeApi, describeGroupsApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks, groupBy } from '@homelab/portal-node';
import { decodeAssignment } from './decodeAssignment';
import type { ListedGroup } from './listGroups';
import type { KnownBroker } from './metadata';
import { leftOut, problemCodes, problemOf, problemOfFailure } from './problems';
import type { GroupMember, Problem } from './types';

interface GroupDescription {
  readonly state: string;
  readonly protocolType?: string;
  readonly assignor: string | null;
  readonly members: readonly GroupMember[];
  readonly problem?: undefined;
}

/** State and members of a group, or why they could not be read. */
export type DescribedGroup = GroupDescription | { readonly problem: Problem };

export const groupsPerRequest = 200;

/** Asks the coordinators of groups for their state and members. */
export async function describeGroups(
  visit: BrokerVisit,
  groups: readonly ListedGroup[],
): Promise<Map<string, DescribedGroup>> {
  const described = new Map<string, DescribedGroup>();
  const asks: Promise<void>[] = [];
  const byBroker = groupBy(groups, group => group.coordinator);
  for (const [broker, own] of byBroker) {
    const byType = groupBy(own, group => group.type ?? 'classic');
    for (const [type, alike] of byType) {
      const ids = alike.map(group => group.groupId);
      const ask = askFor(type);
      if (ask === undefined) {
        for (const id of ids)
          described.set(id, { problem: unsupported(id, type) });
        continue;
      }
      for (const chunk of chunks(ids, groupsPerRequest))
        asks.push(
          fill(described, chunk, () => ask(visit, { broker, ids: chunk })),
        );
    }
  }
  await Promise.all(asks);
  return described;
}

type Ask = (
  visit: BrokerVisit,
  what: { broker: KnownBroker; ids: string[] },
) => Promise<Map<string, DescribedGroup>>;

function askFor(type: string): Ask | undefined {
  if (type === 'classic')
    return async (visit, { broker, ids }) => {
      const { groups } = await visit.send(broker, describeGroupsApi, () => [
        ids,
        false,
      ]);
      return toDescribed(groups, toClassic);
    };
  if (type === 'consumer')
    return async (visit, { broker, ids }) => {
      const { groups } = await visit.send(
        broker,
        consumerGroupDescribeApi,
        () => [ids, false],
      );
      return toDescribed(groups, toModern);
    };
  return undefined;
}

/** Fills in a description or a problem for every group that was asked for. */
async function fill(
  described: Map<string, DescribedGroup>,
  ids: readonly string[],
  ask: () => Promise<Map<string, DescribedGroup>>,
): Promise<void> {
  try {
    const answer = await ask();
    for (const id of ids)
      described.set(id, answer.get(id) ?? { problem: leftOut(groupName(id)) });
  } catch (error) {
    for (const id of ids)
      described.set(id, { problem: problemOfFailure(error, groupName(id)) });
  }
}

/** Reads groups of the classic protocol. */
function toClassic(group: MembersAnswer['groups'][number]): GroupDescription {
  const { groupState, protocolType } = group;
  const isConsumer = protocolType === 'consumer';
  return {
    state: groupState,
    protocolType,
    assignor: group.protocolData || null,
    members: group.members.map(member => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId ?? null,
      clientId: member.clientId,
      host: hostOf(member.clientHost),
      // Other types, such as Connect's, encode their assignment differently.
      assigned: isConsumer ? decodeAssignment(member.memberAssignment) : [],
    })),
  };
}

/** Reads groups of the protocol of KIP-848. */
function toModern(group: NewMembersAnswer['groups'][number]): GroupDescription {
  return {
    state: group.groupState,
    assignor: group.assignorName || null,
    members: group.members.map(member => ({
      memberId: member.memberId,
      instanceId: member.instanceId ?? null,
      clientId: member.clientId,
      host: hostOf(member.clientHost),
      assigned: member.assignment.topicPartitions.map(
        ({ topicName, partitions }) => ({
          topic: topicName,
          partitions: [...partitions],
        }),
      ),
    })),
  };
}

/** Reads each group of a response by its id, or the problem it has. */
function toDescribed<
  Group extends { readonly groupId: string; readonly errorCode: number },
>(
  groups: readonly Group[],
  describe: (group: Group) => GroupDescription,
): Map<string, DescribedGroup> {
  return new Map(
    groups.map(group => {
      const { groupId, errorCode } = group;
      const problem = problemOf(errorCode, groupName(groupId));
      return [groupId, problem ? { problem } : describe(group)];
    }),
  );
}

/** How sentences name a group. */
export function groupName(groupId: string): string {
  return `The consumer group ${groupId}`;
}

/** Brokers write it as Java does, with a slash before the address. */
function hostOf(text: string): string {
  return text.replace(/^\//, '');
}

function unsupported(groupId: string, type: string): Problem {
  return {
    code: problemCodes.unsupportedType,
    message: `${groupName(groupId)} has the type "${type}", whose members the portal cannot read.`,
  };
}
