import { ConfigError } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const env = {
  MQTT_URL: 'mqtt://127.0.0.1:1883',
  MQTT_USERNAME: 'simulator',
  MQTT_PASSWORD: 'not-to-be-told',
  SITE_TIME_ZONE: 'Europe/Stockholm',
};

function sentencesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(each => each.sentence);
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

test('by default, the air-source house of seed 1 runs in real time and has no history', () => {
  expect(parseConfig(env, [])).toEqual({
    mqtt: {
      url: 'mqtt://127.0.0.1:1883',
      username: 'simulator',
      password: 'not-to-be-told',
    },
    siteTimeZone: 'Europe/Stockholm',
    house: 'air',
    seed: 1,
    speed: 1,
    backfillMs: 0,
    backfillScope: 'house',
  });
});

test('a flag wins over its variable', () => {
  const given = { ...env, SIMULATOR_SEED: '2', SIMULATOR_BACKFILL: '1d' };
  const config = parseConfig(given, [
    '--house=ground',
    '--backfill',
    '7d',
    '--speed=60',
  ]);
  expect(config).toMatchObject({
    house: 'ground',
    seed: 2,
    speed: 60,
    backfillMs: 7 * 86_400_000,
  });
});

test('an unknown flag is an error that lists the flags', () => {
  const [sentence] = sentencesOf(() => parseConfig(env, ['--sped', '2']));
  expect(sentence).toContain('--speed NUMBER');
});

test('all bad values are named by flag or variable, never by value', () => {
  const sentences = sentencesOf(() =>
    parseConfig({ ...env, MQTT_URL: '', SIMULATOR_SEED: 'secret' }, [
      '--speed',
      '9999',
      '--backfill',
      '31d',
    ]),
  );
  expect(sentences).toEqual([
    'Set the environment variable MQTT_URL: it is missing.',
    expect.stringContaining(
      'the environment variable SIMULATOR_SEED: it must be a whole',
    ),
    'Fix the flag --speed: it must be a number from 1 to 3600.',
    expect.stringContaining('Fix the flag --backfill: it must be at most 30'),
  ]);
  expect(sentences.join(' ')).not.toMatch(/secret|not-to-be-told/);
});
