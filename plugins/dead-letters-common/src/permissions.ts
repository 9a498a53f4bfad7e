import { createPermission } from '@backstage/plugin-permission-common';

/** Lets a user see how many dead letters there are, why, and who sent which again. */
export const deadLettersReadPermission = createPermission({
  name: 'dead-letters.read',
  attributes: { action: 'read' },
});

/** Lets a user read what is in dead letters. */
export const deadLettersPeekPermission = createPermission({
  name: 'dead-letters.peek',
  attributes: { action: 'read' },
});

/** Lets a user send dead letters back to where they failed. */
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
