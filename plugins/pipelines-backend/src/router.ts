import { pipelinesQuerySchema } from '@homelab/plugin-pipelines-common';
import type { PipelinesResponse } from '@homelab/plugin-pipelines-common';
import { parseRequest } from '@homelab/portal-node';
import type { Authorizer } from '@homelab/portal-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Pipelines } from './services/Pipelines';

/** Everything under `/api/pipelines`. */
export function createRouter(deps: {
  readonly authorizer: Authorizer<'read'>;
  readonly pipelines: Pipelines;
}): Router {
  const { authorizer, pipelines } = deps;
  const router = PromiseRouter();

  router.get('/pipelines', async (request, response) => {
    // The answer is valid only for this moment and this caller.
    response.set('cache-control', 'no-store');
    await authorizer.require(request, 'read');
    const { name } = parseRequest(pipelinesQuerySchema, request.query);
    const answer: PipelinesResponse = {
      now: new Date().toISOString(),
      ...(await pipelines.of(name)),
    };
    response.json(answer);
  });

  return router;
}
