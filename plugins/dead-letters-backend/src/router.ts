import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  lettersQuerySchema,
  redriveRequestSchema,
  redrivesQuerySchema,
} from '@homelab/plugin-dead-letters-common';
import type {
  ClustersResponse,
  DeadLettersResponse,
  LettersPage,
  Redrive,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';
import { audited, parseRequest } from '@homelab/portal-node';
import type { AuditedAction } from '@homelab/portal-node';
import { json } from 'express';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { renderLetterMetrics } from './services/Letters';
import type { DeadLetterViews } from './services/Letters';
import type { Redrives } from './services/Redrives';
import { asked } from '@homelab/kafka-clusters';
import type { LettersAuthorizer } from './authorize';

/** Room for the positions of a thousand letters. */
const maxBody = '256kb';
const redriveIdSchema = z.object({ id: z.uuid() });

/** The HTTP interface under `/api/dead-letters`. Every route checks permissions itself. */
export function createRouter(deps: {
  readonly authorizer: LettersAuthorizer;
  readonly clusters: readonly {
    readonly name: string;
    readonly title: string;
  }[];
  readonly auditor: AuditorService;
  /** By cluster name. */
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

  router.use((_, response, next) => {
    // Answers are valid only now and only for this caller.
    response.set('cache-control', 'no-store');
    next();
  });

  router.get('/clusters', async (request, response) => {
    await authorizer.require(request, 'read');
    const answer: ClustersResponse = {
      now: now(),
      clusters: deps.clusters.map(({ name, title }) => ({ name, title })),
      actions: await authorizer.allowances(
        ['peek', 'redrive'],
        await authorizer.credentials(request),
      ),
    };
    response.json(answer);
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
      await authorizer.require(request, 'read');
      const query = parseRequest(lettersQuerySchema, request.query);
      const { peek } = await authorizer.allowances(
        ['peek'],
        await authorizer.credentials(request),
      );
      const read = () =>
        asked(viewsOf(cluster).letters(topic, query, peek.isAllowed));
      const page = peek.isAllowed
        ? await audited(
            auditor,
            {
              eventId: 'dead-letters-peek',
              severityLevel: 'medium',
              request,
              meta: { cluster, topic },
            },
            read,
          )
        : await read();
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

  router.get('/metrics', async (request, response) => {
    await authorizer.require(request, 'read');
    const lists = await Promise.allSettled(
      [...deps.views].map(
        async ([cluster, views]) =>
          [cluster, (await views.list()).topics] as const,
      ),
    );
    // A cluster that does not answer has no samples; the others still do.
    const topics = new Map(
      lists.flatMap(one => (one.status === 'fulfilled' ? [one.value] : [])),
    );
    response
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await renderLetterMetrics(topics));
  });

  return router;
}
