import { z } from 'zod';

const browserSchema = z.object({
  executable: z.string(),
  env: z.record(z.string(), z.string()).default({}),
});

/** Where the portal runs and which Chromium opens it. */
export interface PortalUnderTest {
  url: string;
  browser: z.infer<typeof browserSchema>;
}

/**
 * Reads `HOMELAB_TEST_PORTAL_URL` and `HOMELAB_TEST_BROWSER`, which the end-to-end tier sets
 * once the whole system is running.
 *
 * @throws an error that says how to start the tier when one is missing.
 */
export function portalUnderTest(): PortalUnderTest {
  const { HOMELAB_TEST_PORTAL_URL: url, HOMELAB_TEST_BROWSER: browser } =
    process.env;
  if (!url || !browser) {
    throw new Error(
      'The browser tests need the whole system: start both with `./homelab test e2e`.',
    );
  }
  return { url, browser: browserSchema.parse(JSON.parse(browser)) };
}
