import type { Entity } from '@backstage/catalog-model';
import type { EntityName } from './ConsumerLagApi';

/** An entity as the backend's routes name it. */
export function entityNameOf({ kind, metadata }: Entity): EntityName {
  return {
    kind: kind.toLowerCase(),
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
  };
}
