import { createHomelabApi } from '@homelab/homelab-api-client';
import { refreshSession } from '../session/session.ts';

/** The Homelab API by way of the page's own server, which adds the token. */
export const api = createHomelabApi({
  baseUrl: location.origin,
  async fetch(input, init) {
    const response = await fetch(input, init);
    if (response.status === 401) void refreshSession();
    // Our own server is there, the API behind it is not.
    if (response.status === 502) throw new TypeError('The API is away.');
    return response;
  },
});
