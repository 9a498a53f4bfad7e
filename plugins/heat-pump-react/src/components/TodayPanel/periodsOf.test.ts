import { testCosts, testMeterDays } from '../../testing';
import { periodsOf } from './periodsOf';

/** A day of 10 kWh for each date. */
function days(...dates: string[]) {
  const [day] = testMeterDays().data;
  if (day === undefined) throw new Error('The test data has no day.');
  return {
    ...testMeterDays(),
    data: dates.map(date => ({
      ...day,
      energy_kwh: 10,
      timestamp: `${date}T00:00:00+01:00`,
    })),
  };
}

function costs(...dates: string[]) {
  const [day] = testCosts().data;
  if (day === undefined) throw new Error('The test data has no day.');
  return testCosts({
    data: dates.map(date => ({
      ...day,
      cost: 2,
      timestamp: `${date}T00:00:00+01:00`,
    })),
  });
}

it('compares a month and a year with the ones before up to the same date', () => {
  const energy = days(
    '2025-01-31',
    '2025-03-31',
    '2026-02-01',
    '2026-02-28',
    '2026-03-01',
    '2026-03-31',
  );
  expect(
    periodsOf(energy, undefined, '2026-03-31').map(
      ({ label, kwh, days: known, ofDays }) => [label, kwh, known, ofDays],
    ),
  ).toEqual([
    ['This month', 20, 2, 31],
    ['Last month by then', 20, 2, 28],
    ['This year', 40, 4, 90],
    ['Last year by then', 20, 2, 90],
  ]);
});

it('compares January with December of the year before', () => {
  const energy = days('2025-12-05', '2025-12-30', '2026-01-05');
  expect(
    periodsOf(energy, undefined, '2026-01-12').map(({ label, kwh }) => [
      label,
      kwh,
    ]),
  ).toEqual([
    ['This month', 10],
    ['Last month by then', 10],
    ['This year', 10],
  ]);
});

it('has a cost only where every day has one', () => {
  const energy = days('2026-01-11', '2026-01-12');
  const priced = (...dates: string[]) =>
    periodsOf(energy, costs(...dates), '2026-01-12')[0]?.cost;
  expect(priced('2026-01-11', '2026-01-12')).toBe(4);
  expect(priced('2026-01-12')).toBeNull();
});
