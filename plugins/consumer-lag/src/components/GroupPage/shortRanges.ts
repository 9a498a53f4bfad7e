/**
 * Numbers with neighbours joined: `0–3, 7, 9–11`.
 *
 * @param most the most ranges to list before `and 97 more`
 */
export function shortRanges(
  numbers: readonly number[],
  most = Infinity,
): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const number of sorted) {
    const last = ranges[ranges.length - 1];
    if (last && number === last.to + 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  const shown = ranges.slice(0, most);
  const left = ranges
    .slice(most)
    .reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const text = shown
    .map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
    .join(', ');
  return left === 0 ? text : `${text} and ${left} more`;
}
