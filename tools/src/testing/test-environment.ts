import { join } from 'node:path';
import type { Browser } from '../native/browser.ts';
import { kafkaProgram } from '../servers/kafka.ts';
import type { StackOptions } from '../stack-options.ts';
import { portalUrl } from '../stack-portal.ts';

/** Roles that a test may act as; the portal's own role is the portal's affair. */
const roles = [
  'postgres',
  'homelab_owner',
  'homelab_sink',
  'homelab_reader',
] as const;

/**
 * How tests learn where the servers are; `packages/test-kit` reads the first five.
 *
 * - `HOMELAB_TEST_MQTT_URL`: `mqtt://127.0.0.1:<port>`
 * - `HOMELAB_TEST_MQTT_PASSWORDS`: JSON object from MQTT user to password
 * - `HOMELAB_TEST_KAFKA_BROKERS`: `host:port`, separated by commas
 * - `HOMELAB_TEST_PG`: JSON `{host, port, passwords}`, the last from role (superuser `postgres`) to password
 * - `HOMELAB_TEST_KAFKA_PROGRAM`: JSON of {@link kafkaProgram}, for tests that start a Kafka of their own
 * - `HOMELAB_TEST_RUN_STATE`: path of the stack's `state.json`, where the pid of each process is
 */
export function serverEnvironment(
  options: StackOptions,
): Record<string, string> {
  const { ports, secrets, folders, tools } = options;
  const passwords = Object.fromEntries(
    roles.map(role => [role, secrets.postgres[role]]),
  );
  return {
    HOMELAB_TEST_MQTT_URL: `mqtt://127.0.0.1:${ports.mqtt}`,
    HOMELAB_TEST_MQTT_PASSWORDS: JSON.stringify(secrets.mqtt),
    HOMELAB_TEST_KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    HOMELAB_TEST_PG: JSON.stringify({
      host: '127.0.0.1',
      port: ports.postgres,
      passwords,
    }),
    HOMELAB_TEST_KAFKA_PROGRAM: JSON.stringify(kafkaProgram(tools)),
    HOMELAB_TEST_RUN_STATE: join(folders.run, 'state.json'),
  };
}

/**
 * The same for a complete stack, with two more:
 *
 * - `HOMELAB_TEST_PORTAL_URL`: where the browser finds the portal
 * - `HOMELAB_TEST_BROWSER`: JSON `{executable, env}` of the Chromium to use; `env` is for its launch only
 */
export function portalEnvironment(
  options: StackOptions,
  browser: Browser,
): Record<string, string> {
  return {
    ...serverEnvironment(options),
    HOMELAB_TEST_PORTAL_URL: portalUrl(options),
    HOMELAB_TEST_BROWSER: JSON.stringify(browser),
  };
}
