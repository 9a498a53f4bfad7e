import { minuteMs } from '@homelab/heat-pump';
import type { Database } from '../database/database.ts';

const rememberMs = minuteMs;

/**
 * Creates the reader of the site's zone, which the database knows since it cuts days by it.
 * Rejects like a query; what is known is asked again after a minute.
 */
export function createSiteTimeZone(deps: {
  database: Database;
  now: () => number;
}): () => Promise<string> {
  const { database, now } = deps;
  let known: { timeZone: string; until: number } | undefined;
  return async () => {
    if (known === undefined || known.until <= now()) {
      const timeZone = await database.siteTimeZone();
      known = { timeZone, until: now() + rememberMs };
    }
    return known.timeZone;
  };
}
