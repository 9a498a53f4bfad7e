/// <reference lib="webworker" />
// Keeps the files of the page, so that it opens without a network. What the house says is never
// kept here: the page itself remembers its last state, and forgets it when somebody signs out.
export {};

declare const self: ServiceWorkerGlobalScope;

// The build puts the list here.
const page = JSON.parse('__FILES_OF_THE_PAGE__') as {
  readonly version: string;
  readonly files: readonly string[];
};
const prefix = 'homelab-page-';
const cacheName = `${prefix}${page.version}`;
const documentPath = '/';
/** A server that does not answer for so long is away, as far as opening the page goes. */
const patienceMs = 3_000;

self.addEventListener('install', event => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll([documentPath, ...page.files]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', event => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith(prefix) && name !== cacheName)
          await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !pathname.startsWith('/session'))
    event.respondWith(openDocument(request));
  else if (page.files.includes(pathname))
    event.respondWith(fromCache(pathname, request));
});

/** The newest document, or the kept one when the server does not answer. */
async function openDocument(request: Request): Promise<Response> {
  const kept = await caches.match(documentPath, { cacheName });
  try {
    const signal = kept ? AbortSignal.timeout(patienceMs) : null;
    const answer = await fetch(request, { signal });
    if (answer.status < 500 || kept === undefined) return answer;
  } catch (error) {
    if (kept === undefined) throw error;
  }
  return kept;
}

async function fromCache(
  pathname: string,
  request: Request,
): Promise<Response> {
  return (await caches.match(pathname, { cacheName })) ?? fetch(request);
}
