import { join } from 'node:path';
import { householdPasswordFile } from './native/household-password.ts';
import type { ProcessSpec } from './runner/process-spec.ts';
import type { StackOptions } from './stack-options.ts';
import { service, task } from './stack-services.ts';

/** The URL of the household page. */
export function householdPageUrl(options: Pick<StackOptions, 'ports'>): string {
  return `http://localhost:${options.ports.web}`;
}

/** The household page: its build while the servers start, then its server. */
export function householdPageProcesses(options: StackOptions): ProcessSpec[] {
  const { folders, ports, secrets } = options;
  const name = 'heatpump-web';
  const build: ProcessSpec = {
    ...task(folders.root, `${name}-build`, 'tools/src/build-app.ts', [
      'household-page',
    ]),
    // The house runs without its page.
    essential: false,
    readyTimeoutMs: 300_000,
    restart: 'never',
  };
  const web = service(options, {
    name,
    essential: false,
    opsPort: ports.webOps,
    env: {
      WEB_PORT: String(ports.web),
      WEB_API_URL: `http://127.0.0.1:${ports.api}`,
      WEB_LIVE_URL: `http://127.0.0.1:${ports.live}/api/v1/live`,
      WEB_API_TOKEN: secrets.api.web,
      WEB_PASSWORD_FILE: householdPasswordFile(folders.secrets),
      WEB_SESSIONS_FILE: join(folders.secrets, 'household-sessions.json'),
    },
    // Not on the API: while it starts, the page shows what it knows.
    dependsOn: { [build.name]: 'completed' },
  });
  const page = { label: 'household page', port: ports.web };
  return [build, { ...web, ports: [...web.ports, page] }];
}
