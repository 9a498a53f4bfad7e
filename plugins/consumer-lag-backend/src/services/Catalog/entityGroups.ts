import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import type { EntityResponse } from '@homelab/plugin-consumer-lag-common';
import type { LagViews } from '../LagStore';
import type { Pipelines } from '../Pipelines';
import { parseConsumerGroups } from './groupSelectors';

/**
 * Gives the groups that an entity names, worst first, and its pipelines. The catalog is asked
 * as the caller, so that nobody learns of an entity that they may not see.
 * @throws NotFoundError when there is none for the caller
 */
export async function entityGroups(
  deps: { catalog: CatalogService; views: LagViews; pipelines: Pipelines },
  ref: { kind: string; namespace: string; name: string },
  credentials: BackstageCredentials,
): Promise<Pick<EntityResponse, 'groups' | 'missing' | 'pipelines'>> {
  const entityRef = stringifyEntityRef(ref);
  const entity = await deps.catalog.getEntityByRef(entityRef, { credentials });
  if (!entity)
    throw new NotFoundError(`The catalog has no entity ${entityRef} for you.`);
  const value = entity.metadata.annotations?.[consumerGroupsAnnotation] ?? '';
  const selectors = parseConsumerGroups(value);
  const all = await deps.views.groups();
  const groups = all.filter(({ cluster, groupId }) =>
    selectors.some(selector => selector.matches(cluster, groupId)),
  );
  return {
    groups,
    missing: selectors
      .filter(
        selector =>
          !all.some(({ cluster, groupId }) =>
            selector.matches(cluster, groupId),
          ),
      )
      .map(({ text }) => text),
    pipelines: await deps.pipelines.of(entityRef, groups),
  };
}
