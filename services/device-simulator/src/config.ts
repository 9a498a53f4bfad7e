import { parseArgs } from 'node:util';
import {
  ConfigError,
  envField,
  mqttEnv,
  parseEnv,
  siteEnv,
} from '@homelab/service-kit';
import type { Env } from '@homelab/service-kit';
import { z } from 'zod';
import { houseKinds } from './house-model/house-kinds.ts';
import type { HouseKind } from './house-model/house-kinds.ts';
import { dayMs } from './house-model/units.ts';

// At about 3000 messages a day this stays within what the broker queues for a slow reader.
const maxBackfillDays = 30;

const schema = z.object({
  ...mqttEnv,
  ...siteEnv,
  SIMULATOR_HOUSE: z.enum(houseKinds).default('air'),
  SIMULATOR_SEED: envField.integer({ min: 0, max: 2 ** 31 - 1 }).default(1),
  SIMULATOR_SPEED: envField.number({ min: 1, max: 3600 }).default(1),
  SIMULATOR_BACKFILL: envField
    .durationMs()
    .refine(
      durationMs => durationMs <= maxBackfillDays * dayMs,
      `it must be at most ${maxBackfillDays}d`,
    )
    .default(0),
  SIMULATOR_BACKFILL_MARK: z.string().min(1).optional(),
  SIMULATOR_BACKFILL_SCOPE: z.enum(['house', 'heat-pump']).default('house'),
});

/** The configuration of the simulator. */
export interface Config {
  readonly mqtt: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
  };
  readonly siteTimeZone: string;
  /** Where the heat pump takes its heat from. */
  readonly house: HouseKind;
  /** Which house it is: the same seed gives the same messages. */
  readonly seed: number;
  /** How many times faster than real time the house runs. */
  readonly speed: number;
  /** How much history is published before the live messages; 0 is none. */
  readonly backfillMs: number;
  /** File that records across restarts whether the history is published; without it, every start publishes it. */
  readonly backfillMark?: string;
  /** Whose history is published: that of every device, or of the heat pump alone. */
  readonly backfillScope: 'house' | 'heat-pump';
}

const variableByFlag = {
  house: 'SIMULATOR_HOUSE',
  seed: 'SIMULATOR_SEED',
  speed: 'SIMULATOR_SPEED',
  backfill: 'SIMULATOR_BACKFILL',
} as const;

type Flag = keyof typeof variableByFlag;

/**
 * Reads the environment and the command line; a flag wins over its variable.
 * Throws a ConfigError that names every bad key and flag, never a value.
 */
export function parseConfig(env: Env, args: readonly string[]): Config {
  const flags = parseFlags(args);
  const merged: Record<string, string | undefined> = { ...env };
  for (const [flag, value] of Object.entries(flags)) {
    merged[variableByFlag[flag as Flag]] = value;
  }
  const parsed = namingFlags(flags, () => parseEnv(schema, merged));
  return Object.freeze({
    mqtt: Object.freeze({
      url: parsed.MQTT_URL,
      username: parsed.MQTT_USERNAME,
      password: parsed.MQTT_PASSWORD,
    }),
    siteTimeZone: parsed.SITE_TIME_ZONE,
    house: parsed.SIMULATOR_HOUSE,
    seed: parsed.SIMULATOR_SEED,
    speed: parsed.SIMULATOR_SPEED,
    backfillMs: parsed.SIMULATOR_BACKFILL,
    backfillMark: parsed.SIMULATOR_BACKFILL_MARK,
    backfillScope: parsed.SIMULATOR_BACKFILL_SCOPE,
  });
}

function parseFlags(args: readonly string[]): Partial<Record<Flag, string>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        house: { type: 'string' },
        seed: { type: 'string' },
        speed: { type: 'string' },
        backfill: { type: 'string' },
      },
    });
    return values;
  } catch {
    throw new ConfigError([
      {
        key: 'command line',
        sentence:
          'Fix the command line: it takes --house air or ground, --seed NUMBER, --speed NUMBER and --backfill DURATION such as 7d.',
      },
    ]);
  }
}

/** Names the flag, not the environment variable, when the bad value came from a flag. */
function namingFlags<T>(
  flags: Partial<Record<Flag, string>>,
  parse: () => T,
): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const flagOf = new Map(
      Object.keys(flags).map(
        flag => [variableByFlag[flag as Flag], flag] as const,
      ),
    );
    throw new ConfigError(
      error.problems.map(problem => {
        const flag = new Map<string, string>(flagOf).get(problem.key);
        if (flag === undefined) return problem;
        const sentence = problem.sentence.replace(
          `the environment variable ${problem.key}`,
          `the flag --${flag}`,
        );
        return { key: `--${flag}`, sentence };
      }),
    );
  }
}
