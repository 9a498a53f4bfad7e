import { seededRandom } from '@homelab/test-kit';
import type { SeededRandom } from '@homelab/test-kit';

const defaultSeed = 20_260_112;

/** The seed of this run, shown where a scenario fails. */
export function chaosSeed(): number {
  const text = process.env.HOMELAB_CHAOS_SEED;
  if (text === undefined) return defaultSeed;
  const seed = Number(text);
  if (Number.isSafeInteger(seed)) return seed;
  throw new Error(`HOMELAB_CHAOS_SEED must be a whole number, not "${text}".`);
}

/** The random moments of one scenario, derived from the run's seed. */
export function scenarioRandom(scenario: string): SeededRandom {
  let hash = chaosSeed();
  for (const character of scenario)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return seededRandom(hash);
}
