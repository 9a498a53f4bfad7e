import { createPermission } from '@backstage/plugin-permission-common';

/** Lets a user see groups, topics, lag, and how many dead letters there are. */
export const consumerLagReadPermission = createPermission({
  name: 'consumer-lag.read',
  attributes: { action: 'read' },
});

/** Lets a user read what is in the records of a Kafka topic. */
export const recordPeekPermission = createPermission({
  name: 'consumer-lag.record.peek',
  attributes: { action: 'read' },
});

/** Lets a user send dead letters back to where they failed. */
export const recordRedrivePermission = createPermission({
  name: 'consumer-lag.record.redrive',
  attributes: { action: 'create' },
});

/** Lets a user move the committed offsets of a group. */
export const offsetsResetPermission = createPermission({
  name: 'consumer-lag.offsets.reset',
  attributes: { action: 'update' },
});

/** Every permission of the plugin. */
export const consumerLagPermissions = [
  consumerLagReadPermission,
  recordPeekPermission,
  recordRedrivePermission,
  offsetsResetPermission,
];
