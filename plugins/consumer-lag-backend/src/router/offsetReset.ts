import type { AuditorService } from '@backstage/backend-plugin-api';
import {
  resetApplyRequestSchema,
  resetPreviewRequestSchema,
  undoRequestSchema,
} from '@homelab/plugin-consumer-lag-common';
import type {
  OffsetReset,
  OffsetResetsResponse,
  ResetPreview,
  UndoPreview,
} from '@homelab/plugin-consumer-lag-common';
import { audited, parseRequest } from '@homelab/portal-node';
import type { AuditedAction } from '@homelab/portal-node';
import { json } from 'express';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { OffsetResets } from '../services/OffsetReset';
import type { LagAuthorizer } from './authorize';

const maxBody = '256kb';
const resetIdSchema = z.object({ id: z.uuid() });

/** Creates the routes of offset resets. */
export function createOffsetResetRouter(deps: {
  readonly authorizer: LagAuthorizer;
  readonly auditor: AuditorService;
  readonly resets: OffsetResets;
  readonly now?: () => number;
}): Router {
  const { authorizer, auditor, resets } = deps;
  const now = () => new Date((deps.now ?? Date.now)()).toISOString();
  const router = PromiseRouter();
  const body = json({ limit: maxBody });

  const resetAction = (
    request: Request,
    queryType: string,
    severityLevel: AuditedAction['severityLevel'],
  ): AuditedAction => ({
    eventId: 'offset-reset',
    severityLevel,
    request,
    meta: { queryType, ...request.params },
  });

  router.post(
    '/clusters/:cluster/groups/:group/offset-resets/preview',
    body,
    async (request, response) => {
      const { cluster, group } = request.params;
      const preview = await audited(
        auditor,
        resetAction(request, 'preview', 'low'),
        async () => {
          const by = await authorizer.require(request, 'reset');
          const order = parseRequest(resetPreviewRequestSchema, request.body);
          return resets.preview(cluster, group, order, by);
        },
      );
      const answer: ResetPreview = { now: now(), ...preview };
      response.json(answer);
    },
  );

  router.post(
    '/clusters/:cluster/groups/:group/offset-resets',
    body,
    async (request, response) => {
      const { cluster, group } = request.params;
      const answer: OffsetReset = await audited(
        auditor,
        resetAction(request, 'apply', 'medium'),
        async () => {
          const by = await authorizer.require(request, 'reset');
          const order = parseRequest(resetApplyRequestSchema, request.body);
          return resets.apply(cluster, group, order, by);
        },
      );
      response.status(201).json(answer);
    },
  );

  async function sendList(
    request: Request,
    cluster: string,
    group?: string,
  ): Promise<OffsetResetsResponse> {
    await authorizer.require(request, 'read');
    return { now: now(), resets: await resets.list(cluster, group) };
  }

  router.get(
    '/clusters/:cluster/groups/:group/offset-resets',
    async (request, response) => {
      const { cluster, group } = request.params;
      response.json(await sendList(request, cluster, group));
    },
  );

  router.get('/clusters/:cluster/offset-resets', async (request, response) => {
    response.json(await sendList(request, request.params.cluster));
  });

  router.get(
    '/clusters/:cluster/offset-resets/:id/undo',
    async (request, response) => {
      await authorizer.require(request, 'reset');
      const { id } = parseRequest(resetIdSchema, request.params);
      const answer: UndoPreview = {
        now: now(),
        ...(await resets.undoPreview(request.params.cluster, id)),
      };
      response.json(answer);
    },
  );

  router.post(
    '/clusters/:cluster/offset-resets/:id/undo',
    body,
    async (request, response) => {
      const answer: OffsetReset = await audited(
        auditor,
        resetAction(request, 'undo', 'medium'),
        async () => {
          const by = await authorizer.require(request, 'reset');
          const { id } = parseRequest(resetIdSchema, request.params);
          const order = parseRequest(undoRequestSchema, request.body);
          return resets.undo(request.params.cluster, id, order, by);
        },
      );
      response.json(answer);
    },
  );

  return router;
}
