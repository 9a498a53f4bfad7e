import { defineConfig } from '@playwright/test';
import { portalUnderTest } from './support/portal-under-test.ts';

const { url, browser } = portalUnderTest();

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: url,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: browser.executable,
      env: { ...process.env, ...browser.env },
      args: [
        // The sandbox needs rights that root in a container does not have; only our own
        // pages are opened.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
