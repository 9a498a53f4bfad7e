import type { MembersAnswer, NewMembersAnswer } from './answers';
import { consumerGroupDescribeApi, describeGroupsApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks, groupBy } from '@homelab/portal-node';
import { decodeAssignment } from './decodeAssignment';
import type { ListedGroup } from './listGroups';
import type { KnownBroker } from './metadata';
import { problemCodes, problemOf, problemOfFailure } from './problems';
import type { GroupMember, Problem } from './types';

/** State and members of a group, or why there are none. */
export type DescribedGroup =
  | {
      readonly state: string;
      readonly protocolType?: string;
      readonly assignor: string | null;
      readonly members: readonly GroupMember[];
      readonly problem?: undefined;
    }
  | { readonly problem: Problem };

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
        for (const id of ids) described.set(id, { problem: unknown(id, type) });
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
    return async (visit, { broker, ids }) =>
      toMembers(
        await visit.send(broker, describeGroupsApi, () => [ids, false]),
      );
  if (type === 'consumer')
    return async (visit, { broker, ids }) =>
      toNewMembers(
        await visit.send(broker, consumerGroupDescribeApi, () => [ids, false]),
      );
  return undefined;
}

/** Every group that was asked for gets an answer or a problem. */
async function fill(
  described: Map<string, DescribedGroup>,
  ids: readonly string[],
  ask: () => Promise<Map<string, DescribedGroup>>,
): Promise<void> {
  try {
    const answer = await ask();
    for (const id of ids)
      described.set(id, answer.get(id) ?? { problem: notAnswered(id) });
  } catch (error) {
    for (const id of ids)
      described.set(id, { problem: problemOfFailure(error, groupName(id)) });
  }
}

/** Reads groups of the classic protocol. */
export function toMembers(answer: MembersAnswer): Map<string, DescribedGroup> {
  return new Map(
    answer.groups.map((group): [string, DescribedGroup] => {
      const { groupId, errorCode, groupState, protocolType } = group;
      const problem = problemOf(errorCode, groupName(groupId));
      if (problem) return [groupId, { problem }];
      const isConsumer = protocolType === 'consumer';
      return [
        groupId,
        {
          state: groupState,
          protocolType,
          assignor: group.protocolData || null,
          members: group.members.map(member => ({
            memberId: member.memberId,
            instanceId: member.groupInstanceId ?? null,
            clientId: member.clientId,
            host: hostOf(member.clientHost),
            // The bytes of other types, such as Connect's, are of another format.
            assigned: isConsumer
              ? decodeAssignment(member.memberAssignment)
              : [],
          })),
        },
      ];
    }),
  );
}

/** Reads groups of the protocol of KIP-848. */
export function toNewMembers(
  answer: NewMembersAnswer,
): Map<string, DescribedGroup> {
  return new Map(
    answer.groups.map((group): [string, DescribedGroup] => {
      const { groupId, errorCode } = group;
      const problem = problemOf(errorCode, groupName(groupId));
      if (problem) return [groupId, { problem }];
      return [
        groupId,
        {
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
        },
      ];
    }),
  );
}

/** As a sentence calls it. */
export function groupName(groupId: string): string {
  return `The consumer group ${groupId}`;
}

/** Brokers write it as Java does, with a slash before the address. */
function hostOf(text: string): string {
  return text.replace(/^\//, '');
}

function unknown(groupId: string, type: string): Problem {
  return {
    code: problemCodes.unsupportedType,
    message: `${groupName(groupId)} is of the type "${type}", whose members are not read here.`,
  };
}

function notAnswered(groupId: string): Problem {
  return {
    code: problemCodes.notAnswered,
    message: `${groupName(groupId)} was left out of its broker's answer.`,
  };
}
