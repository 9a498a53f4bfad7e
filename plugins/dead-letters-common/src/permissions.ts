import { createPermission } from '@backstage/plugin-permission-common';

/** Allows counting dead letters and seeing reasons and redrives. */
export const deadLettersReadPermission = createPermission({
  name: 'dead-letters.read',
  attributes: { action: 'read' },
});

/** Allows reading the contents of dead letters. */
export const deadLettersPeekPermission = createPermission({
  name: 'dead-letters.peek',
  attributes: { action: 'read' },
});

/** Allows sending dead letters back to where they failed. */
export const deadLettersRedrivePermission = createPermission({
  name: 'dead-letters.redrive',
  attributes: { action: 'create' },
});

/** Every permission of the plugin. */
export const deadLettersPermissions = [
  deadLettersReadPermission,
  deadLettersPeekPermission,
  deadLettersRedrivePermission,
];
