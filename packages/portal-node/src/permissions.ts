import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';

/** The permissions of a list that the caller lacks; asks the framework once for all. */
export async function missingPermissions(
  permissions: PermissionsService,
  wanted: readonly BasicPermission[],
  credentials: BackstageCredentials,
): Promise<BasicPermission[]> {
  const decisions = await permissions.authorize(
    wanted.map(permission => ({ permission })),
    { credentials },
  );
  return wanted.filter(
    (_, index) => decisions[index]?.result !== AuthorizeResult.ALLOW,
  );
}

/** @throws NotAllowedError that names the missing permission */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  credentials: BackstageCredentials,
): Promise<void> {
  const [missing] = await missingPermissions(
    permissions,
    [permission],
    credentials,
  );
  if (missing)
    throw new NotAllowedError(`You need the permission ${missing.name}.`);
}
