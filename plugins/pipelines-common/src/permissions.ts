import { createPermission } from '@backstage/plugin-permission-common';

/** Allows seeing whether data flows through each hop of a pipeline. */
export const pipelinesReadPermission = createPermission({
  name: 'pipelines.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. */
export const pipelinesPermissions = [pipelinesReadPermission];
