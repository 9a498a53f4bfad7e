import { createHomelabApi } from '@homelab/homelab-api-client';
import { refreshSession } from '../session/session.ts';

/** The Homelab API by way of the page's own server, which adds the token. */
export const api = createHomelabApi({
  baseUrl: location.origin,
  async fetch(input, init) {
    const response = await fetch(input, init);
    if (response.status === 401) void refreshSession();
    return response;
  },
});
