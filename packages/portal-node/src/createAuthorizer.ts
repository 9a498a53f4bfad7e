import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { missingPermissions } from './permissions';

/** The part of an Express request used here. */
type Request = Parameters<HttpAuthService['credentials']>[0];

/** What an action of a plugin requires. */
export interface ActionRule {
  /** All of them. */
  readonly permissions: readonly BasicPermission[];
  /** For an action switched by the configuration: the key and its value. */
  readonly switch?: { readonly key: string; readonly isOn: boolean };
}

/** Whether an action is allowed, and if not, why. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** One sentence; null when it is allowed. */
  readonly reason: string | null;
}

/** Decides who may do what. Every route calls it first. */
export interface Authorizer<Action extends string> {
  /** The user or service that sent a request. */
  credentials(request: Request): Promise<BackstageCredentials>;
  /** What the user may do, for pages that explain a disabled button. */
  allowances<Asked extends Action>(
    actions: readonly Asked[],
    credentials: BackstageCredentials,
  ): Promise<Record<Asked, Allowance>>;
  /** Returns the name of the authorised user or service. @throws NotAllowedError */
  require(request: Request, action: Action): Promise<string>;
}

/**
 * Creates an authorizer that checks the configuration first, then the permission
 * framework.
 */
export function createAuthorizer<Action extends string>(deps: {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly rules: Readonly<Record<Action, ActionRule>>;
}): Authorizer<Action> {
  const { httpAuth, permissions, rules } = deps;
  const credentialsOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  async function allowances<Asked extends Action>(
    actions: readonly Asked[],
    credentials: BackstageCredentials,
  ): Promise<Record<Asked, Allowance>> {
    const needed = actions
      .filter(action => rules[action].switch?.isOn !== false)
      .flatMap(action => rules[action].permissions);
    const missing =
      needed.length === 0
        ? []
        : await missingPermissions(
            permissions,
            [...new Set(needed)],
            credentials,
          );
    const entries = actions.map(
      action => [action, judge(rules[action], missing)] as const,
    );
    return Object.fromEntries(entries) as Record<Asked, Allowance>;
  }

  return {
    credentials: credentialsOf,
    allowances,
    async require(request, action) {
      const credentials = await credentialsOf(request);
      const { [action]: found } = await allowances([action], credentials);
      if (!found.isAllowed)
        throw new NotAllowedError(found.reason ?? undefined);
      return nameOf(credentials);
    },
  };
}

function judge(
  { permissions, switch: setting }: ActionRule,
  missing: readonly BasicPermission[],
): Allowance {
  if (setting && !setting.isOn)
    return denied(
      `This is disabled: ${setting.key} is not true in the configuration.`,
    );
  const lacking = permissions.find(one => missing.includes(one));
  return lacking
    ? denied(`You need the permission ${lacking.name}.`)
    : { isAllowed: true, reason: null };
}

const denied = (reason: string): Allowance => ({ isAllowed: false, reason });

/** The name of a user or service in stored data. */
function nameOf({ principal }: BackstageCredentials): string {
  if (typeof principal === 'object' && principal !== null) {
    if ('userEntityRef' in principal) return String(principal.userEntityRef);
    if ('subject' in principal) return String(principal.subject);
  }
  return 'unknown';
}
