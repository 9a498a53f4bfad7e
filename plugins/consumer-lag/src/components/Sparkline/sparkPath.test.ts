import { sparkPath } from './sparkPath';

const size = { widthPx: 102.5, heightPx: 26 };

it('draws from zero at the bottom to the peak at the top', () => {
  const { line, end } = sparkPath([0, 5, 10], size);
  expect(line).toBe('M0 25L50 13.8L100 2.5');
  expect(end).toEqual({ x: 100, y: 2.5 });
});

it('leaves gaps for unknown values, and keeps a single value visible', () => {
  const { line, end } = sparkPath([4, 4, null, 4, null], size);
  expect(line.match(/M/g)).toHaveLength(2);
  expect(line).not.toContain('NaN');
  expect(end).toBeNull();
});

it('draws nothing of nothing', () => {
  expect(sparkPath([], size)).toEqual({ line: '', area: '', end: null });
  expect(sparkPath([null], size).line).toBe('');
});
