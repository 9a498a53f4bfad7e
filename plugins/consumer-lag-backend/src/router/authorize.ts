import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  consumerLagReadPermission,
  offsetsResetPermission,
} from '@homelab/plugin-consumer-lag-common';
import { createAuthorizer } from '@homelab/portal-node';
import type { Authorizer } from '@homelab/portal-node';

/** Decides who may see lag and who may move offsets. */
export type LagAuthorizer = Authorizer<'read' | 'reset'>;

/** Creates the authorizer of the plugin. */
export function createLagAuthorizer(deps: {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly isResetOn: boolean;
}): LagAuthorizer {
  // Every other action also needs the permission to read.
  const read = consumerLagReadPermission;
  return createAuthorizer({
    ...deps,
    rules: {
      read: { permissions: [read] },
      reset: {
        permissions: [read, offsetsResetPermission],
        switch: { key: resetSwitch, isOn: deps.isResetOn },
      },
    },
  });
}

/** The configuration key that switches offset resets on. */
export const resetSwitch = 'consumerLag.actions.reset.enabled';
