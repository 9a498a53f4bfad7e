import { mockServices } from '@backstage/backend-test-utils';

/** A configuration of these databases. */
export const configOf = (databases: readonly object[]) =>
  mockServices.rootConfig({
    data: JSON.parse(JSON.stringify({ timescaleExplorer: { databases } })),
  });
