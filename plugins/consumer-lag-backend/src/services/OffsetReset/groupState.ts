import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  ClusterSnapshot,
  GroupSnapshot,
  KafkaCluster,
} from '@homelab/kafka-clusters';
import { toProblem } from '../toProblem';
import { committedIn } from './planReset';
import type { ChosenTopics } from './planReset';

/** The errors by which the broker reports that a group has members. */
const nonEmptyCodes: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER_ID',
  'NON_EMPTY_GROUP',
]);

/** @throws NotFoundError, or ServiceUnavailableError when the group's offsets cannot be read */
export async function readGroup(
  cluster: KafkaCluster,
  groupId: string,
  chosen?: ChosenTopics,
): Promise<{ group: GroupSnapshot; snapshot: ClusterSnapshot }> {
  const names = new Set(chosen?.map(({ topic }) => topic));
  const snapshot = await cluster
    .snapshot({
      includeGroup: id => id === groupId,
      includeTopic: name => names.has(name),
    })
    .catch((error: unknown) => {
      throw toHttpError(error, groupId);
    });
  const group = snapshot.groups.get(groupId);
  if (group === undefined)
    throw new NotFoundError(`There is no consumer group ${groupId}.`);
  if (group.offsetsProblem)
    throw new ServiceUnavailableError(group.offsetsProblem.message);
  return { group, snapshot };
}

/** A group of unknown state does not count as empty. */
export function isEmpty({ state, members }: GroupSnapshot): boolean {
  return members.length === 0 && (state === 'Empty' || state === 'Dead');
}

export function requireEmpty(group: GroupSnapshot): void {
  if (isEmpty(group)) return;
  throw new ConflictError(whyNotEmpty(group));
}

export function whyNotEmpty({
  groupId,
  members,
  problem,
  state,
}: GroupSnapshot): string {
  if (problem) return problem.message;
  const clients = [...new Set(members.map(({ clientId }) => clientId))];
  return members.length === 0
    ? `The group ${groupId} is ${state ?? 'in an unknown state'}; wait until it is Empty.`
    : `The group ${groupId} has ${members.length} member${members.length === 1 ? '' : 's'} (${clients.slice(0, 5).join(', ')}); stop all its consumers first.`;
}

/** Returns a function for the committed offset of a partition; null without one. */
export function currentIn(
  group: GroupSnapshot,
): (place: { topic: string; partition: number }) => string | null {
  const committedAt = committedIn(group);
  return place => {
    const offset = committedAt(place)?.offset ?? null;
    return offset === null ? null : String(offset);
  };
}

/** The broker decides whether a group is empty. Its message is used alone, without a cause. */
export function toHttpError(error: unknown, groupId: string): Error {
  const { code, message } = toProblem(error);
  return nonEmptyCodes.has(code)
    ? new ConflictError(
        `Kafka refused because the group ${groupId} has members: stop all its consumers first.`,
      )
    : new ServiceUnavailableError(message);
}
