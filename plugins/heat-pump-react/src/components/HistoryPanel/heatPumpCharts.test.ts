import { testHistory } from '../../testing';
import { powerChart, temperatureChart } from './heatPumpCharts';

it('draws only what the history has', () => {
  const { lines } = temperatureChart(testHistory());
  expect(lines.map(({ label }) => label)).toEqual(['Supply']);
  expect(powerChart(testHistory(), undefined).lines).toEqual([]);
});

it('formats temperatures without decimals if all were whole degrees', () => {
  const decimalsOf = (min: number[]) => {
    const series = [
      { field: 'supply_temp', mean: [36, 37.25, 38], min, max: [37, 39, 38] },
    ];
    return temperatureChart(testHistory({ series })).lines[0]?.decimals;
  };
  expect(decimalsOf([35, 36, 38])).toBe(0);
  expect(decimalsOf([35, 36.5, 38])).toBeUndefined();
});

it('breaks lines only at the gaps of their own history', () => {
  const history = testHistory();
  const [first = 0] = history.time;
  const gaps = [
    {
      from: new Date(first + 60_000).toISOString(),
      to: new Date(first + 120_000).toISOString(),
    },
  ];
  const { lines } = temperatureChart(testHistory({ gaps }));
  expect(lines[0]?.mean).toEqual([36, null, 37.25, 38]);
});
