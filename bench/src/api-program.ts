import { Agent, get } from 'node:http';
import { apiEnv } from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';
import { startService } from './service-under-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';

/** Starts the Homelab API as in production, but for limits on how much one token may ask. */
export function startApi(stack: StackOptions): Promise<MeasuredProcess> {
  return startService({
    root: stack.folders.root,
    name: 'homelab-api',
    opsPort: stack.ports.apiOps,
    env: {
      ...apiEnv(stack),
      API_REQUESTS_PER_MINUTE: '1000000',
      API_POINTS_PER_MINUTE: '1000000000',
    },
  });
}

/** One client of the API with one connection, which is kept. */
export interface ApiClient {
  /** Asks and takes the whole answer. Rejects unless the answer is 200. */
  ask(path: string): Promise<string>;
  close(): void;
}

/** Creates a client with the token that the portal has. */
export function createApiClient(stack: StackOptions): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${stack.secrets.api.portal}` };
  return {
    ask: path =>
      new Promise((resolve, reject) => {
        get(
          { host: '127.0.0.1', port: stack.ports.api, path, agent, headers },
          response => {
            let body = '';
            response.setEncoding('utf8');
            response.on('data', (text: string) => {
              body += text;
            });
            response.on('error', reject);
            response.on('end', () => {
              if (response.statusCode === 200) resolve(body);
              else reject(new Error(`${path}: ${response.statusCode} ${body}`));
            });
          },
        ).on('error', reject);
      }),
    close: () => agent.destroy(),
  };
}
