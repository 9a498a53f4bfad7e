import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  consumerLagReadPermission,
  offsetsResetPermission,
  recordPeekPermission,
  recordRedrivePermission,
} from '@homelab/plugin-consumer-lag-common';
import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import { createAuthorizer } from '@homelab/portal-node';
import type { Authorizer } from '@homelab/portal-node';

/** Actions that the configuration switches on; looking at lag and counts always is. */
const switchedActions = ['peek', 'redrive', 'reset'] as const;
type SwitchedAction = (typeof switchedActions)[number];

/** Which actions the configuration switches on. */
export type EnabledActions = Readonly<Record<SwitchedAction, boolean>>;

/** Decides who may look at lag, read letters, redrive them and move offsets. */
export type LagAuthorizer = Authorizer<'read' | SwitchedAction>;

/** Creates the authorizer of the plugin. */
export function createLagAuthorizer(deps: {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly actions: EnabledActions;
}): LagAuthorizer {
  const switchOf = (action: SwitchedAction) => ({
    key: `consumerLag.actions.${action}.enabled`,
    isOn: deps.actions[action],
  });
  // Whoever may do anything must be allowed to look too.
  const read = consumerLagReadPermission;
  return createAuthorizer({
    ...deps,
    rules: {
      read: { permissions: [read] },
      peek: {
        permissions: [read, recordPeekPermission],
        switch: switchOf('peek'),
      },
      redrive: {
        permissions: [read, recordRedrivePermission],
        switch: switchOf('redrive'),
      },
      reset: {
        permissions: [read, offsetsResetPermission],
        switch: switchOf('reset'),
      },
    },
  });
}

/** What somebody may do beyond looking, and if not, why. */
export function allowancesOf(
  authorizer: LagAuthorizer,
  credentials: BackstageCredentials,
): Promise<ClustersResponse['actions']> {
  return authorizer.allowances(switchedActions, credentials);
}
