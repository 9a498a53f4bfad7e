import { createPermission } from '@backstage/plugin-permission-common';

/** Lets a user see the health of all targets. */
export const systemHealthReadPermission = createPermission({
  name: 'system-health.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. */
export const systemHealthPermissions = [systemHealthReadPermission];
