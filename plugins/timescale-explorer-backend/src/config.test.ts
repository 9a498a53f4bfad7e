import { mockServices } from '@backstage/backend-test-utils';
import { readExplorerConfig } from './config';

const read = (databases: object[]) =>
  readExplorerConfig(
    mockServices.rootConfig({
      data: JSON.parse(JSON.stringify({ timescaleExplorer: { databases } })),
    }),
  );

const one = {
  id: 'a',
  host: 'h',
  database: 'd',
  user: 'u',
  password: 'secret',
};

it('takes numbers and switches as text, as from the environment', () => {
  expect(
    read([{ ...one, port: '6432', ssl: 'true', diskBytes: '5e11' }]).databases,
  ).toEqual([
    { ...one, title: 'a', port: 6432, ssl: true, diskBytes: 5e11, rollups: [] },
  ]);
});

it('names every bad key and never a secret', () => {
  const bad = { ...one, id: 'a/b', host: '' };
  expect(() => read([bad])).toThrow(/databases\.0\.id.*databases\.0\.host/);
  expect(() => read([bad])).not.toThrow(/secret/);
  expect(() => read([one, one])).toThrow(/two databases a/);
});
