import { expect, test as base } from '@playwright/test';
import { connectMqtt } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { MqttClient } from 'mqtt';
import { portalUnderTest } from './portal-under-test.ts';
import { watchBrowser } from './watch-browser.ts';

interface Fixtures {
  /** Where the fixtures of test-kit register their cleanup. */
  scope: TestScope;
  /** A broker connection with the rights that a real device has. */
  device: MqttClient;
  /** Console errors that are allowed, by the reason why. */
  allowedConsoleErrors: Readonly<Record<string, RegExp>>;
  /** Where the pages under test are served; the portal by default. */
  ownUrl: string;
  /** Fails every test whose pages have errors or send requests to another host than their own. */
  quietBrowser: void;
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
  allowedConsoleErrors: [{}, { option: true }],
  ownUrl: [portalUnderTest().url, { option: true }],
  quietBrowser: [
    async ({ context, allowedConsoleErrors, ownUrl }, use) => {
      const trouble = watchBrowser(context, {
        ownUrl,
        allowedErrors: Object.values(allowedConsoleErrors),
      });
      await use();
      expect(trouble.unexpected(), 'what the browser complained of').toEqual(
        [],
      );
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
