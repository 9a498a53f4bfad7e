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
import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import type { Request } from 'express';
import { missingPermission } from './requirePermission';

/** What somebody may want to do. */
export type Action = 'read' | 'peek' | 'redrive' | 'reset';

/** Which actions the configuration switches on; looking at lag and counts always is. */
export type EnabledActions = Readonly<Record<Exclude<Action, 'read'>, boolean>>;

/** Whoever may do anything must be allowed to look too. */
const permissions: Readonly<Record<Action, readonly BasicPermission[]>> = {
  read: [consumerLagReadPermission],
  peek: [consumerLagReadPermission, recordPeekPermission],
  redrive: [consumerLagReadPermission, recordRedrivePermission],
  reset: [consumerLagReadPermission, offsetsResetPermission],
};

/** Whether an action is allowed, and if not, why. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** One sentence; null when it is allowed. */
  readonly reason: string | null;
}

/** Decides who may do what. Every route asks it once, before anything else. */
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
    const missing = await missingPermission(
      deps.permissions,
      permissions[action],
      credentials,
    );
    return missing
      ? denied(`It needs the permission ${missing.name}.`)
      : { isAllowed: true, reason: null };
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

/** What somebody may do beyond looking, and if not, why. */
export async function allowancesOf(
  authorizer: Authorizer,
  credentials: BackstageCredentials,
): Promise<ClustersResponse['actions']> {
  const [peek, redrive, reset] = await Promise.all(
    (['peek', 'redrive', 'reset'] as const).map(action =>
      authorizer.allowance(action, credentials),
    ),
  );
  return { peek, redrive, reset };
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
