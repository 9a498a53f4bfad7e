import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Links to entities, such as owners, by name. */
export function OwnerLinks(props: {
  ownerRefs: readonly string[];
  /** Shown without owners. */
  fallback: string;
}) {
  const { ownerRefs, fallback } = props;
  if (ownerRefs.length === 0) return <>{fallback}</>;
  return (
    <>
      {ownerRefs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <EntityRefLink entityRef={ref}>
            {parseEntityRef(ref).name}
          </EntityRefLink>
        </span>
      ))}
    </>
  );
}
