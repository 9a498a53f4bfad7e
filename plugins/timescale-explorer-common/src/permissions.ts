import { createPermission } from '@backstage/plugin-permission-common';

/** Allows seeing the state of the databases: health, hypertables, aggregates and jobs. */
export const timescaleExplorerReadPermission = createPermission({
  name: 'timescale-explorer.read',
  attributes: { action: 'read' },
});

/** Allows running queries that read, and with them seeing all that the configured role may. */
export const timescaleExplorerQueryPermission = createPermission({
  name: 'timescale-explorer.query',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. */
export const timescaleExplorerPermissions = [
  timescaleExplorerReadPermission,
  timescaleExplorerQueryPermission,
];
