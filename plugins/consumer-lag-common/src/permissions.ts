import { createPermission } from '@backstage/plugin-permission-common';

/** Allows seeing groups, topics and lag. */
export const consumerLagReadPermission = createPermission({
  name: 'consumer-lag.read',
  attributes: { action: 'read' },
});

/** Allows moving the committed offsets of a group. */
export const offsetsResetPermission = createPermission({
  name: 'consumer-lag.offsets.reset',
  attributes: { action: 'update' },
});

/** Every permission of the plugin. */
export const consumerLagPermissions = [
  consumerLagReadPermission,
  offsetsResetPermission,
];
