import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const yearSeconds = 31_536_000;
/** The addresses of the page's views, all drawn by the same document. */
export const viewPaths = [
  '/',
  '/heat-pump',
  '/rooms',
  '/history',
  '/settings',
] as const;

/**
 * Serves the built page: files with a hash in their name for good, all others to be asked for
 * again. Compressed copies that the build has made are sent as they are.
 */
export async function addStaticFiles(
  app: FastifyInstance,
  folder: string,
): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(
      `The page is not built: there is no index.html in ${folder}. "./homelab up" builds it; alone: yarn workspace @homelab/heatpump-web build.`,
    );
  }
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header(
        'cache-control',
        path.includes('/assets/')
          ? `public, max-age=${yearSeconds}, immutable`
          : 'no-cache',
      );
    },
  });
  for (const path of viewPaths)
    app.get(path, (_request, reply) => sendPage(reply));
}

/** Sends the document that draws every view. */
export function sendPage(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html');
}
