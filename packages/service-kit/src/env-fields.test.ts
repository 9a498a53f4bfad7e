import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  envField,
  mqttEnv,
  opsEnv,
  postgresEnv,
  siteEnv,
} from './env-fields.ts';
import { parseEnv } from './env.ts';

test.each([
  ['250ms', 250],
  ['30s', 30_000],
  ['1.5m', 90_000],
  ['12h', 43_200_000],
  ['7d', 604_800_000],
  ['0s', 0],
])('the duration %s is %d ms', (text, expected) => {
  expect(envField.durationMs().parse(text)).toBe(expected);
});

test.each(['30', 's', '-1s', '1 s', '1w', 'Infinitys', ''])(
  'the duration "%s" is refused',
  text => {
    expect(envField.durationMs().safeParse(text).success).toBe(false);
  },
);

test.each(['0', '65536', '80.5', '0x50', ' 80', 'NaN'])(
  'the port "%s" is refused',
  text => {
    expect(envField.port().safeParse(text).success).toBe(false);
  },
);

test('an integer must be within its bounds', () => {
  const field = envField.integer({ min: -1, max: 5 });
  expect(field.parse('-1')).toBe(-1);
  expect(field.safeParse('6').success).toBe(false);
});

test.each(['', ' ', 'NaN', 'Infinity', '11'])(
  'the number "%s" is refused',
  text => {
    expect(envField.number({ min: 0, max: 10 }).safeParse(text).success).toBe(
      false,
    );
  },
);

test('a number may have decimals', () => {
  expect(envField.number({ min: 0, max: 10 }).parse('2.5')).toBe(2.5);
});

test.each([
  'http://127.0.0.1:1883',
  'mqtt://user@127.0.0.1',
  'mqtt://:secret@127.0.0.1',
  '127.0.0.1:1883',
])('the MQTT URL "%s" is refused', text => {
  expect(mqttEnv.MQTT_URL.safeParse(text).success).toBe(false);
});

test('only time zones of the IANA list are accepted', () => {
  expect(envField.timeZone().parse('Europe/Stockholm')).toBe(
    'Europe/Stockholm',
  );
  expect(envField.timeZone().safeParse('Europe/Atlantis').success).toBe(false);
});

test('a boolean is true or false and nothing else', () => {
  expect(envField.boolean().parse('true')).toBe(true);
  expect(envField.boolean().parse('false')).toBe(false);
  expect(envField.boolean().safeParse('yes').success).toBe(false);
});

test('the shared groups parse the variables of a service', () => {
  const schema = z.object({
    ...mqttEnv,
    ...postgresEnv,
    ...opsEnv,
    ...siteEnv,
  });
  const config = parseEnv(schema, {
    MQTT_URL: 'mqtt://127.0.0.1:1883',
    MQTT_USERNAME: 'bridge',
    MQTT_PASSWORD: 'p',
    PGHOST: '127.0.0.1',
    PGPORT: '5433',
    PGUSER: 'homelab_sink',
    PGPASSWORD: 'p',
    PGDATABASE: 'homelab',
    OPS_PORT: '9101',
  });
  expect(config).toMatchObject({
    PGPORT: 5433,
    OPS_HOST: '127.0.0.1',
    OPS_PORT: 9101,
    LOG_LEVEL: 'info',
    SITE_TIME_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
});
