import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import type {
  EntityInShort,
  EntityResponse,
} from '@homelab/plugin-consumer-lag-common';
import type { LagViews } from '../LagStore';
import { parseConsumerGroups } from './groupSelectors';
import type { GroupSelector } from './groupSelectors';

type EntityName = { kind: string; namespace: string; name: string };

/**
 * Reads which groups an entity names, with the caller's credentials, so that it reveals no entity
 * that the caller may not see.
 * @throws NotFoundError when the caller sees no such entity
 */
export async function selectorsOf(
  catalog: CatalogService,
  ref: EntityName,
  credentials: BackstageCredentials,
): Promise<readonly GroupSelector[]> {
  const entityRef = stringifyEntityRef(ref);
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity)
    throw new NotFoundError(
      `There is no entity ${entityRef}, or you may not see it.`,
    );
  return parseConsumerGroups(
    entity.metadata.annotations?.[consumerGroupsAnnotation] ?? '',
  );
}

/** The groups that an entity names, worst first. */
export async function entityGroups(
  deps: { catalog: CatalogService; views: LagViews },
  ref: EntityName,
  credentials: BackstageCredentials,
): Promise<Pick<EntityResponse, 'groups' | 'missing'>> {
  const selectors = await selectorsOf(deps.catalog, ref, credentials);
  const { isMeant, missing } = matcherOf(selectors);
  const groups = (await deps.views.groups()).filter(({ cluster, groupId }) =>
    isMeant(cluster, groupId),
  );
  return { groups, missing: missing() };
}

/** The number of an entity's groups of each status, and the worst groups in short. */
export async function groupsOfSelectors(
  views: LagViews,
  selectors: readonly GroupSelector[],
  limit: number,
): Promise<Omit<EntityInShort, 'now' | 'clusters'>> {
  const { isMeant, missing } = matcherOf(selectors);
  const short = await views.groupsInShort({ isMeant, limit });
  return { ...short, missing: missing() };
}

/** Matches groups, and then knows which parts of the annotation matched none. */
function matcherOf(selectors: readonly GroupSelector[]) {
  const matched = new Set<GroupSelector>();
  return {
    isMeant(cluster: string, groupId: string): boolean {
      const own = selectors.filter(one => one.matches(cluster, groupId));
      for (const one of own) matched.add(one);
      return own.length > 0;
    },
    missing: () =>
      selectors.filter(one => !matched.has(one)).map(({ text }) => text),
  };
}
