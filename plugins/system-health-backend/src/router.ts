import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  systemHealthReadPermission,
  targetsResponseSchema,
} from '@homelab/plugin-system-health-common';
import express from 'express';
import Router from 'express-promise-router';
import type { HealthMonitor } from './services/HealthMonitor';

/** Creates the routes below `/api/system-health`. */
export function createRouter(deps: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  monitor: HealthMonitor;
  now: () => Date;
}): express.Router {
  const { httpAuth, permissions, monitor, now } = deps;
  const router = Router();

  router.get('/targets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: systemHealthReadPermission }],
      { credentials },
    );
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You need the permission ${systemHealthReadPermission.name} to see the health of the system.`,
      );
    }
    response.set('cache-control', 'no-store').json(
      targetsResponseSchema.parse({
        now: now().toISOString(),
        targets: monitor.snapshot(),
      }),
    );
  });

  return router;
}
