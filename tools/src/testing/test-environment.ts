import { join } from 'node:path';
import type { Browser } from '../native/browser.ts';
import { servers } from '../servers/index.ts';
import type { Server } from '../servers/server.ts';
import type { StackOptions } from '../stack-options.ts';
import { householdPageUrl } from '../stack-household-page.ts';
import { portalUrl } from '../stack-portal.ts';

/**
 * The environment by which tests find the servers: the variables of each server (`testEnv` in
 * `src/servers`), which `packages/test-kit` reads, and
 *
 * - `HOMELAB_TEST_RUN_STATE`: path of the stack's `state.json`, where the pid of each process is
 */
export function serverEnvironment(
  options: StackOptions,
  list: readonly Server[] = servers,
): Record<string, string> {
  const reached = list.map(server => server.testEnv?.(options));
  return {
    ...Object.assign({}, ...reached),
    HOMELAB_TEST_RUN_STATE: join(options.folders.run, 'state.json'),
  };
}

/**
 * The same for a complete stack, with three more:
 *
 * - `HOMELAB_TEST_HOUSEHOLD_PAGE`: JSON `{url, password}` of the household page
 * - `HOMELAB_TEST_PORTAL_URL`: where the browser finds the portal
 * - `HOMELAB_TEST_BROWSER`: JSON `{executable, env}` of the Chromium to use; `env` is for its launch only
 */
export function portalEnvironment(
  options: StackOptions,
  browser: Browser,
): Record<string, string> {
  return {
    ...serverEnvironment(options),
    HOMELAB_TEST_HOUSEHOLD_PAGE: JSON.stringify({
      url: householdPageUrl(options),
      password: options.newHouseholdPassword,
    }),
    HOMELAB_TEST_PORTAL_URL: portalUrl(options),
    HOMELAB_TEST_BROWSER: JSON.stringify(browser),
  };
}
