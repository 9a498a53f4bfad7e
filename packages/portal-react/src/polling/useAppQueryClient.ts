import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { QueryClient } from '@tanstack/react-query';

const clients = new WeakMap<FetchApi, QueryClient>();

/**
 * The one query client of an app. Plugins of different families share it without knowing of
 * each other and without a provider around them, so it belongs to what they all have: the
 * app's way to fetch. The keys of a plugin's queries begin with its id.
 */
export function useAppQueryClient(): QueryClient {
  const fetchApi = useApi(fetchApiRef);
  const known = clients.get(fetchApi);
  if (known) return known;
  const client = new QueryClient();
  // From here on it notices when the page is seen again; it lives as long as the app.
  client.mount();
  clients.set(fetchApi, client);
  return client;
}
