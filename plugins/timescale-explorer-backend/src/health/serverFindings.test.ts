import { daysUntilFull, useFindings } from './serverFindings';

it.each([
  [[{ bytesPerDay: 10, daysLeft: Infinity }], 10],
  // Retention drops as much as is added from the fifth day on.
  [[{ bytesPerDay: 10, daysLeft: 5 }], null],
  [
    [
      { bytesPerDay: 10, daysLeft: 5 },
      { bytesPerDay: 5, daysLeft: Infinity },
    ],
    10,
  ],
  [[], null],
])('%j fills 100 bytes in %s days', (growth, days) => {
  expect(daysUntilFull(0, 100, growth)).toBe(days);
});

it('tells of connections and of a transaction by how bad they are', () => {
  const use = {
    connections: 10,
    maxConnections: 97,
    seesAll: true,
    cacheBytes: 1,
    statisticsSince: null,
    oldest: null,
  };
  const oldest = { pid: 7, user: 'u', application: '', state: 'active' };
  const severities = (more: object) =>
    useFindings({ ...use, ...more }).map(({ kind, severity }) => [
      kind,
      severity,
    ]);
  expect(severities({})).toEqual([]);
  expect(severities({ connections: 80 })).toEqual([
    ['connections-near-limit', 'watch'],
  ]);
  expect(severities({ connections: 96 })).toEqual([
    ['connections-near-limit', 'act'],
  ]);
  expect(severities({ oldest: { ...oldest, ageMs: 900_000 } })).toEqual([
    ['long-transaction', 'watch'],
  ]);
  expect(severities({ oldest: { ...oldest, ageMs: 9_000_000 } })).toEqual([
    ['long-transaction', 'act'],
  ]);
});
