import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** Everything under `/api/consumer-lag`. The routes guard themselves, each by its authorizer. */
export function createRouter(parts: readonly Router[]): Router {
  const router = PromiseRouter();
  router.use((_, response, next) => {
    // What it tells is of this moment, and of what this caller may see.
    response.set('cache-control', 'no-store');
    next();
  });
  for (const part of parts) router.use(part);
  return router;
}
