import { createAggregate } from '../../testing/createFakeApi';
import { behindMs, describeAggregates, lineageOf } from './describeAggregates';

const nowMs = Date.parse('2026-11-30T12:00:00Z');
const hourly = createAggregate();
const daily = createAggregate({
  name: 'public.readings_daily',
  source: hourly.name,
  watermarkAt: '2026-12-01T00:00:00Z',
});

it('begins with tables and nests what is made of each, whatever the order', () => {
  expect(lineageOf([daily, hourly])).toEqual([
    {
      source: 'public.readings',
      made: [{ aggregate: hourly, made: [{ aggregate: daily, made: [] }] }],
    },
  ]);
});

it('never says that an aggregate is ahead', () => {
  expect(behindMs(daily, nowMs)).toBe(0);
  expect(behindMs(hourly, nowMs)).toBe(3_600_000);
});

it.each([
  [[], 'There are no aggregates'],
  [
    [hourly, daily],
    'All 2 aggregates are refreshed, the slowest up to 1 h ago',
  ],
  [[daily], 'The aggregate is up to date'],
  [
    [hourly, createAggregate({ refresh: null })],
    'Nothing refreshes public.readings_hourly',
  ],
  [
    [createAggregate({ watermarkAt: null, problem: 'Grant SELECT.' })],
    'How far public.readings_hourly is cannot be seen',
  ],
])('says the worst first', (aggregates, text) => {
  expect(describeAggregates(aggregates, nowMs).text).toBe(text);
});
