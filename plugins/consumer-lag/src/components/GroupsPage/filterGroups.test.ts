import { createGroup, createLaggingGroup } from '../../testing/groups';
import {
  countSeverities,
  findGroups,
  parseSeverities,
  sortGroups,
} from './filterGroups';

const sink = createGroup({ lag: '9007199254740993' });
const energy = createLaggingGroup({ lag: '9007199254740992' });
const silent = createGroup({
  groupId: 'a-silent',
  cluster: 'cloud',
  status: 'NO_COMMIT',
  lag: null,
  timeLag: { kind: 'unknown', ms: null },
  ownerRefs: ['group:default/billing'],
});
const groups = [energy, silent, sink];
const names = (found: readonly { groupId: string }[]) =>
  found.map(({ groupId }) => groupId);

it.each([
  ['', null, ['timescaledb-energy', 'a-silent', 'timescale-sink']],
  ['TIMESCALE', null, ['timescaledb-energy', 'timescale-sink']],
  ['billing', null, ['a-silent']],
  ['heatpump', null, ['a-silent', 'timescale-sink']],
  ['time energy', null, ['timescaledb-energy', 'timescale-sink']],
  ['', 'cloud', ['a-silent']],
])('finds %j in cluster %j', (text, cluster, expected) => {
  expect(names(findGroups(groups, { text, cluster }))).toEqual(expected);
});

it('sorts lags beyond the precision of floating point', () => {
  const order = (isFalling: boolean) =>
    names(sortGroups(groups, { by: 'lag', isFalling }));
  expect(order(true)).toEqual([
    'timescale-sink',
    'timescaledb-energy',
    'a-silent',
  ]);
  expect(order(false)).toEqual([
    'timescaledb-energy',
    'timescale-sink',
    'a-silent',
  ]);
});

it('keeps the order of the backend, worst first', () => {
  expect(sortGroups(groups, { by: 'worst', isFalling: true })).toEqual(groups);
});

it('counts severities and parses them from the URL', () => {
  expect(countSeverities(groups)).toEqual({
    act: 0,
    watch: 1,
    unknown: 1,
    ok: 1,
  });
  expect([...parseSeverities('ok,nonsense,act')]).toEqual(['act', 'ok']);
  expect(parseSeverities(null).size).toBe(0);
});
