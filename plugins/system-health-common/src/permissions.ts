import { createPermission } from '@backstage/plugin-permission-common';

/** Allows seeing the health of all targets. */
export const systemHealthReadPermission = createPermission({
  name: 'system-health.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. */
export const systemHealthPermissions = [systemHealthReadPermission];
