import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import type { RefsOf } from '../LagCollector';
import { parseConsumerGroups } from './groupSelectors';
import type { GroupSelector } from './groupSelectors';

interface AnnotatedEntity {
  readonly ref: string;
  readonly ownerRefs: readonly string[];
  readonly selectors: readonly GroupSelector[];
}

/** The catalog entities that name each group, and their owners. */
export class GroupRefs {
  private entities: readonly AnnotatedEntity[] = [];

  constructor(
    private readonly deps: {
      catalog: CatalogService;
      auth: AuthService;
      logger: LoggerService;
    },
  ) {}

  /** Reloads from the catalog. If it does not answer, the last data stays. */
  async refresh(): Promise<void> {
    const { catalog, auth, logger } = this.deps;
    try {
      const { items } = await catalog.getEntities(
        {
          filter: {
            [`metadata.annotations.${consumerGroupsAnnotation}`]:
              CATALOG_FILTER_EXISTS,
          },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      this.entities = items.map(annotated);
    } catch (error) {
      logger.debug(
        `The entities that name consumer groups could not be loaded from the catalog: ${stringifyError(error)}`,
      );
    }
  }

  /** The entities that name a group, and their owners. */
  readonly of: RefsOf = (cluster, groupId) => {
    const own = this.entities.filter(({ selectors }) =>
      selectors.some(selector => selector.matches(cluster, groupId)),
    );
    return {
      entityRefs: own.map(({ ref }) => ref),
      ownerRefs: [...new Set(own.flatMap(({ ownerRefs }) => ownerRefs))],
    };
  };
}

function annotated(entity: Entity): AnnotatedEntity {
  const value = entity.metadata.annotations?.[consumerGroupsAnnotation] ?? '';
  return {
    ref: stringifyEntityRef(entity),
    ownerRefs: (entity.relations ?? [])
      .filter(({ type }) => type === 'ownedBy')
      .map(({ targetRef }) => targetRef),
    selectors: parseConsumerGroups(value),
  };
}
