import type { CoordinatorsAnswer } from './answers';
import { findCoordinatorApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks } from '@homelab/portal-node';
import { groupName, groupsPerRequest } from './describeGroups';
import { problemOf, problemOfFailure } from './problems';
import type { Problem } from './types';

/** The version from which one request covers many groups. */
const manyKeysVersion = 4;
const groupKind = 0;

/** The node id of a group's coordinator, or why there is none. */
export type Coordinator =
  | { readonly nodeId: number; readonly problem?: undefined }
  | { readonly problem: Problem };

/** Asks any broker for the coordinators of groups. */
export async function findCoordinators(
  visit: BrokerVisit,
  groupIds: readonly string[],
): Promise<Map<string, Coordinator>> {
  const found = new Map<string, Coordinator>();
  const ask = async (ids: string[]): Promise<void> => {
    let version = manyKeysVersion;
    try {
      const answer = await visit.sendToAny(findCoordinatorApi, chosen => {
        version = chosen;
        return [groupKind, chosen < manyKeysVersion ? ids.slice(0, 1) : ids];
      });
      for (const [id, one] of toCoordinators(answer, ids)) found.set(id, one);
    } catch (error) {
      for (const id of ids)
        found.set(id, { problem: problemOfFailure(error, groupName(id)) });
    }
    // That request covered only the first: ask for the rest one by one.
    const rest = ids.filter(id => !found.has(id));
    if (version < manyKeysVersion) await Promise.all(rest.map(id => ask([id])));
  };
  await Promise.all(chunks(groupIds, groupsPerRequest).map(ask));
  return found;
}

/** Reads the coordinators of the groups that were asked for. */
export function toCoordinators(
  answer: CoordinatorsAnswer,
  ids: readonly string[],
): Map<string, Coordinator> {
  return new Map(
    answer.coordinators.map((one): [string, Coordinator] => {
      const { key, errorCode, nodeId } = one;
      const groupId = key || ids[0];
      const problem = problemOf(errorCode, groupName(groupId));
      return [groupId, problem ? { problem } : { nodeId }];
    }),
  );
}
