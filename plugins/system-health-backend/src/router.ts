import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  systemHealthReadPermission,
  targetsResponseSchema,
} from '@homelab/plugin-system-health-common';
import { createAuthorizer } from '@homelab/portal-node';
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
  const authorizer = createAuthorizer({
    httpAuth,
    permissions,
    rules: { read: { permissions: [systemHealthReadPermission] } },
  });

  router.get('/targets', async (request, response) => {
    await authorizer.require(request, 'read');
    response.set('cache-control', 'no-store').json(
      targetsResponseSchema.parse({
        now: now().toISOString(),
        targets: monitor.snapshot(),
      }),
    );
  });

  return router;
}
