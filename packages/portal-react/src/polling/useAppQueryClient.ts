import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { QueryClient } from '@tanstack/react-query';

const clients = new WeakMap<FetchApi, QueryClient>();

/**
 * The app's query client. Plugins of different families share it without a provider and
 * without knowing each other, so it is tied to the one object that they all get from the app, its
 * fetch API. Query keys start with the plugin id.
 */
export function useAppQueryClient(): QueryClient {
  const fetchApi = useApi(fetchApiRef);
  const known = clients.get(fetchApi);
  if (known) return known;
  const client = new QueryClient();
  // Subscribes to page visibility. Never unmounted, because it lives as long as the app.
  client.mount();
  clients.set(fetchApi, client);
  return client;
}
