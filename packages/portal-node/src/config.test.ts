import { ConfigReader } from '@backstage/config';
import { z } from 'zod';
import {
  configFields,
  isSwitchedOn,
  parseConfig,
  refuseMovedKeys,
} from './config';

it('names every bad key but never a value', () => {
  const schema = z.object({
    port: configFields.port,
    password: configFields.text,
  });
  const config = new ConfigReader({ db: { port: 'secret', password: 7 } });
  expect(() => parseConfig(schema, config, 'db')).toThrow(
    /db\.port: .*; db\.password: /,
  );
  expect(() => parseConfig(schema, config, 'db')).not.toThrow(/secret/);
});

it.each([
  [{ on: true }, true],
  [{ on: 'true' }, true],
  [{ on: 'false' }, false],
  [{ on: 'perhaps' }, false],
  [{}, false],
])('reads the switch in %j as %j', (data, expected) => {
  expect(isSwitchedOn(new ConfigReader(data), 'on')).toBe(expected);
});

it.each([
  'https://kafka.example.org/ui?x=1#y',
  'HTTP://localhost:8080',
  '/docs/default/system/homelab',
  '/',
])('accepts %s as a link', link => {
  expect(configFields.link.safeParse(link).success).toBe(true);
});

/* eslint-disable no-script-url -- the test is that these are refused */
it.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https:',
  'kafka.example.org',
  '',
])('refuses %j as a link and says what is allowed', link => {
  const schema = z.object({ url: configFields.link });
  const config = new ConfigReader({ it: { url: link } });
  expect(() => parseConfig(schema, config, 'it')).toThrow(/it\.url: .*http/);
});

/* eslint-enable no-script-url */

it('says where renamed keys are now', () => {
  const moved = { 'old.a': 'new.a', 'old.b': 'new.b', 'old.c': 'new.c' };
  const config = new ConfigReader({ old: { a: 1, b: { deep: 2 } } });
  expect(() => refuseMovedKeys(config, moved)).toThrow(
    'old.a is now new.a; old.b is now new.b',
  );
  refuseMovedKeys(new ConfigReader({ new: { a: 1 } }), moved);
});
