import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';

/** Asks the permission framework once for several; gives the first that is missing. */
export async function missingPermission(
  permissions: PermissionsService,
  wanted: readonly BasicPermission[],
  credentials: BackstageCredentials,
): Promise<BasicPermission | undefined> {
  const decisions = await permissions.authorize(
    wanted.map(permission => ({ permission })),
    { credentials },
  );
  return wanted.find(
    (_, index) => decisions[index]?.result !== AuthorizeResult.ALLOW,
  );
}

/** @throws NotAllowedError that names the permission which is missing */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  credentials: BackstageCredentials,
): Promise<void> {
  if (await missingPermission(permissions, [permission], credentials))
    throw new NotAllowedError(
      `You need the permission ${permission.name} for this.`,
    );
}
