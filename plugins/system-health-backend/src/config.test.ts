import { ConfigReader } from '@backstage/config';
import { readTargets } from './config';

const read = (systemHealth: object) =>
  readTargets(new ConfigReader({ systemHealth: { ...systemHealth } }));

const tcp = { tcp: 'localhost:1883' };

it('has no targets without configuration', () => {
  expect(readTargets(new ConfigReader({}))).toEqual([]);
});

it('completes the entity ref and takes name and title from it', () => {
  const [target] = read({
    targets: [
      { entityRef: 'sink', probe: { http: 'http://localhost:9102/readyz' } },
    ],
  });
  expect(target).toEqual({
    name: 'sink',
    title: 'sink',
    entityRef: 'component:default/sink',
    probe: { kind: 'http', url: 'http://localhost:9102/readyz' },
    intervalMs: 5000,
    timeoutMs: 2000,
  });
});

it('lets a target override the common interval and timeout', () => {
  const [first, second] = read({
    intervalMs: 1000,
    timeoutMs: 500,
    targets: [
      { name: 'a', probe: tcp },
      { name: 'b', probe: tcp, intervalMs: '3000', timeoutMs: 700 },
    ],
  });
  expect(first).toMatchObject({ intervalMs: 1000, timeoutMs: 500 });
  expect(second).toMatchObject({ intervalMs: 3000, timeoutMs: 700 });
});

it.each([
  [true, 1],
  ['true', 1],
  [false, 0],
  ['false', 0],
])('with enabled %p a target counts %d times', (enabled, count) => {
  expect(read({ targets: [{ name: 'a', probe: tcp, enabled }] })).toHaveLength(
    count,
  );
});

it('rejects an invalid value of enabled', () => {
  expect(() =>
    read({ targets: [{ name: 'a', probe: tcp, enabled: 'maybe' }] }),
  ).toThrow(/`enabled` is true or false/);
});

it('parses host and port of a TCP target', () => {
  const [target] = read({ targets: [{ name: 'a', probe: tcp }] });
  expect(target?.probe).toEqual({ kind: 'tcp', host: 'localhost', port: 1883 });
});

it.each([
  ['neither name nor entityRef', { probe: tcp }],
  ['no probe', { name: 'a' }],
  ['two probes', { name: 'a', probe: { ...tcp, http: 'http://localhost' } }],
  ['another protocol', { name: 'a', probe: { http: 'ftp://localhost' } }],
  ['a TCP target without port', { name: 'a', probe: { tcp: 'localhost' } }],
  ['a port beyond the last', { name: 'a', probe: { tcp: 'localhost:99999' } }],
  ['an interval of no time', { name: 'a', probe: tcp, intervalMs: 0 }],
])('refuses a target with %s and says which', (_what, target) => {
  expect(() => read({ targets: [{ name: 'ok', probe: tcp }, target] })).toThrow(
    /^systemHealth\.targets\[1\] needs /,
  );
});

it.each([{ intervalMs: 0 }, { timeoutMs: 'soon' }])(
  'rejects %p for all targets',
  common => {
    expect(() => read({ ...common, targets: [] })).toThrow(
      /^systemHealth\.intervalMs and systemHealth\.timeoutMs must be /,
    );
  },
);

it('rejects two targets with the same name', () => {
  const targets = [
    { name: 'a', probe: tcp },
    { entityRef: 'component:default/a', probe: tcp },
  ];
  expect(() => read({ targets })).toThrow(/names 'a' twice/);
});
