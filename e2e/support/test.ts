import { test as base } from '@playwright/test';
import { connectMqtt } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { MqttClient } from 'mqtt';

interface Fixtures {
  /** Where the fixtures of test-kit register their end. */
  scope: TestScope;
  /** A broker connection with the rights that a real device has. */
  device: MqttClient;
}

/** Playwright's `test` with connections to the servers under test. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern itself
  scope: async ({}, use) => {
    const cleanups: (() => Promise<void> | void)[] = [];
    await use({ onTestFinished: cleanup => void cleanups.unshift(cleanup) });
    for (const cleanup of cleanups) await cleanup();
  },
  device: async ({ scope }, use) => {
    await use(await connectMqtt(scope, 'devices'));
  },
});

export { expect } from '@playwright/test';
