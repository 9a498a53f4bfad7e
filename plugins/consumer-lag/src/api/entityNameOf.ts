import type { Entity } from '@backstage/catalog-model';
import type { EntityName } from './ConsumerLagApi';

/** How the backend is asked for an entity. */
export function entityNameOf({ kind, metadata }: Entity): EntityName {
  return {
    kind: kind.toLowerCase(),
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
  };
}
