import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** The HTTP interface under `/api/consumer-lag`. Every route checks permissions itself. */
export function createRouter(parts: readonly Router[]): Router {
  const router = PromiseRouter();
  router.use((_, response, next) => {
    // Answers are valid only now and only for this caller.
    response.set('cache-control', 'no-store');
    next();
  });
  for (const part of parts) router.use(part);
  return router;
}
