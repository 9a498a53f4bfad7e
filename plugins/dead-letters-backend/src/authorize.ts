import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  deadLettersPeekPermission,
  deadLettersReadPermission,
  deadLettersRedrivePermission,
} from '@homelab/plugin-dead-letters-common';
import { createAuthorizer } from '@homelab/portal-node';
import type { Authorizer } from '@homelab/portal-node';
import type { EnabledActions } from './config';

/** Decides who may count letters, read their contents, and send them again. */
export type LettersAuthorizer = Authorizer<'read' | 'peek' | 'redrive'>;

/** Creates the authorizer of the plugin. */
export function createLettersAuthorizer(deps: {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly actions: EnabledActions;
}): LettersAuthorizer {
  const switchOf = (action: keyof EnabledActions) => ({
    key: `deadLetters.actions.${action}.enabled`,
    isOn: deps.actions[action],
  });
  // Every other action also needs the permission to look.
  const read = deadLettersReadPermission;
  return createAuthorizer({
    ...deps,
    rules: {
      read: { permissions: [read] },
      peek: {
        permissions: [read, deadLettersPeekPermission],
        switch: switchOf('peek'),
      },
      redrive: {
        permissions: [read, deadLettersRedrivePermission],
        switch: switchOf('redrive'),
      },
    },
  });
}
