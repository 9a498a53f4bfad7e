import { ConfigReader } from '@backstage/config';
import { z } from 'zod';
import {
  configFields,
  isSwitchedOn,
  parseConfig,
  refuseMovedKeys,
} from './config';

it('names every bad key, and never a value', () => {
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

it('says where keys of an older version are now', () => {
  const moved = { 'old.a': 'new.a', 'old.b': 'new.b', 'old.c': 'new.c' };
  const config = new ConfigReader({ old: { a: 1, b: { deep: 2 } } });
  expect(() => refuseMovedKeys(config, moved)).toThrow(
    'old.a is now new.a; old.b is now new.b',
  );
  refuseMovedKeys(new ConfigReader({ new: { a: 1 } }), moved);
});
