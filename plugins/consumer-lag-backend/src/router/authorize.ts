import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  consumerLagReadPermission,
  offsetsResetPermission,
  recordPeekPermission,
  recordRedrivePermission,
} from '@homelab/plugin-consumer-lag-common';
import type { Request } from 'express';
import { isPermitted } from './requirePermission';

/** What somebody may want to do. */
export type Action = 'read' | 'peek' | 'redrive' | 'reset';

/** Which actions the configuration switches on; looking at lag and counts always is. */
export type EnabledActions = Readonly<Record<Exclude<Action, 'read'>, boolean>>;

const permissions: Readonly<Record<Action, BasicPermission>> = {
  read: consumerLagReadPermission,
  peek: recordPeekPermission,
  redrive: recordRedrivePermission,
  reset: offsetsResetPermission,
};

/** Whether an action is allowed, and if not, why. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** One sentence; null when it is allowed. */
  readonly reason: string | null;
}

/** Decides who may do what. */
export interface Authorizer {
  /** Whoever sent a request; user or service. */
  credentials(request: Request): Promise<BackstageCredentials>;
  allowance(
    action: Action,
    credentials: BackstageCredentials,
  ): Promise<Allowance>;
  /** Gives the user or service that may. @throws NotAllowedError */
  require(request: Request, action: Action): Promise<string>;
}

/** Creates what asks the configuration first and then the permission framework. */
export function createAuthorizer(deps: {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly actions: EnabledActions;
}): Authorizer {
  const credentialsOf = (request: Request) =>
    deps.httpAuth.credentials(request, { allow: ['user', 'service'] });

  async function allowance(
    action: Action,
    credentials: BackstageCredentials,
  ): Promise<Allowance> {
    if (action !== 'read' && !deps.actions[action])
      return denied(
        `It is switched off here: consumerLag.actions.${action}.enabled in the configuration is not true.`,
      );
    const permission = permissions[action];
    return (await isPermitted(deps.permissions, permission, credentials))
      ? { isAllowed: true, reason: null }
      : denied(`It needs the permission ${permission.name}.`);
  }

  return {
    credentials: credentialsOf,
    allowance,
    async require(request, action) {
      const credentials = await credentialsOf(request);
      const { isAllowed, reason } = await allowance(action, credentials);
      if (!isAllowed) throw new NotAllowedError(reason ?? undefined);
      return nameOf(credentials);
    },
  };
}

const denied = (reason: string): Allowance => ({ isAllowed: false, reason });

/** How a user or service is named in what is stored. */
function nameOf({ principal }: BackstageCredentials): string {
  if (typeof principal === 'object' && principal !== null) {
    if ('userEntityRef' in principal) return String(principal.userEntityRef);
    if ('subject' in principal) return String(principal.subject);
  }
  return 'unknown';
}
