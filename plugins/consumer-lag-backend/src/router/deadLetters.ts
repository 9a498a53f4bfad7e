import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  lettersQuerySchema,
  redriveRequestSchema,
  redrivesQuerySchema,
} from '@homelab/plugin-consumer-lag-common';
import type {
  DeadLettersResponse,
  LettersPage,
  Redrive,
  RedrivesResponse,
} from '@homelab/plugin-consumer-lag-common';
import { audited, parseRequest } from '@homelab/portal-node';
import type { AuditedAction } from '@homelab/portal-node';
import { json } from 'express';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { DeadLetterViews, Redrives } from '../services/DeadLetters';
import { asked } from '@homelab/kafka-clusters';
import type { LagAuthorizer } from './authorize';

/** A thousand places of letters fit. */
const maxBody = '256kb';
const redriveIdSchema = z.object({ id: z.uuid() });

/** The routes of dead letters and redrives, for the router of the plugin. */
export function createDeadLettersRouter(deps: {
  readonly authorizer: LagAuthorizer;
  readonly auditor: AuditorService;
  /** By the name of the cluster. */
  readonly views: ReadonlyMap<string, DeadLetterViews>;
  readonly redrives: Redrives;
  readonly now?: () => number;
}): Router {
  const { authorizer, auditor, redrives } = deps;
  const now = () => new Date((deps.now ?? Date.now)()).toISOString();
  const router = PromiseRouter();
  const body = json({ limit: maxBody });

  function viewsOf(cluster: string): DeadLetterViews {
    const views = deps.views.get(cluster);
    if (views !== undefined) return views;
    throw new NotFoundError(`There is no Kafka cluster ${cluster} here.`);
  }

  const redriveAction = (
    request: Request,
    queryType: string,
    meta: AuditedAction['meta'] = {},
  ): AuditedAction => ({
    eventId: 'redrive',
    severityLevel: 'medium',
    request,
    meta: { queryType, ...request.params, ...meta },
  });

  router.get('/clusters/:cluster/dead-letters', async (request, response) => {
    await authorizer.require(request, 'read');
    const { cluster } = request.params;
    const { checkedAtMs, topics } = await asked(viewsOf(cluster).list());
    const answer: DeadLettersResponse = {
      now: now(),
      checkedAt: new Date(checkedAtMs).toISOString(),
      cluster,
      topics: [...topics],
      runningRedriveId: await redrives.runningId(cluster),
    };
    response.json(answer);
  });

  router.get(
    '/clusters/:cluster/dead-letters/:topic/letters',
    async (request, response) => {
      const { cluster, topic } = request.params;
      const page = await audited(
        auditor,
        {
          eventId: 'dead-letters-peek',
          severityLevel: 'medium',
          request,
          meta: { cluster, topic },
        },
        async () => {
          await authorizer.require(request, 'peek');
          const query = parseRequest(lettersQuerySchema, request.query);
          return asked(viewsOf(cluster).letters(topic, query));
        },
      );
      const answer: LettersPage = { now: now(), cluster, ...page };
      response.json(answer);
    },
  );

  router.post(
    '/clusters/:cluster/dead-letters/:topic/redrives',
    body,
    async (request, response) => {
      const { cluster, topic } = request.params;
      const redrive = await audited(
        auditor,
        redriveAction(request, 'start', {
          dryRun: request.body?.dryRun === true,
        }),
        async () => {
          const by = await authorizer.require(request, 'redrive');
          const order = parseRequest(redriveRequestSchema, request.body);
          await asked(viewsOf(cluster).requireTopic(topic));
          return redrives.start(cluster, topic, order, by);
        },
      );
      const answer: Redrive = redrive;
      response.status(202).json(answer);
    },
  );

  router.get('/clusters/:cluster/redrives', async (request, response) => {
    await authorizer.require(request, 'read');
    const { cluster } = request.params;
    const query = parseRequest(redrivesQuerySchema, request.query);
    const answer: RedrivesResponse = {
      now: now(),
      ...(await redrives.list(cluster, query)),
    };
    response.json(answer);
  });

  router.get('/clusters/:cluster/redrives/:id', async (request, response) => {
    await authorizer.require(request, 'read');
    const { id } = parseRequest(redriveIdSchema, request.params);
    const answer: Redrive = await redrives.get(request.params.cluster, id);
    response.json(answer);
  });

  for (const verb of ['cancel', 'resume'] as const)
    router.post(
      `/clusters/:cluster/redrives/:id/${verb}`,
      async (request, response) => {
        const answer: Redrive = await audited(
          auditor,
          redriveAction(request, verb),
          async () => {
            const by = await authorizer.require(request, 'redrive');
            const { id } = parseRequest(redriveIdSchema, request.params);
            return redrives[verb](request.params.cluster, id, by);
          },
        );
        response.json(answer);
      },
    );

  return router;
}
