import type { ChartLines, Column } from './chartSeries';

/** A field of a CSV file as defined by RFC 4180. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cell(column: Column, index: number): string {
  const value = column[index];
  return value === null || value === undefined ? '' : String(value);
}

/**
 * The points of a chart as CSV: time in UTC, then mean, minimum and maximum of each line.
 * Points without any value are left out.
 */
export function toCsv({ time, lines }: ChartLines, unit: string): string {
  const head = [
    'time',
    ...lines.flatMap(({ label }) =>
      ['mean', 'min', 'max'].map(kind => `${label} ${kind} (${unit})`),
    ),
  ];
  const rows = time.flatMap((timeMs, index) => {
    const cells = lines.flatMap(({ mean, min, max }) =>
      [mean, min, max].map(column => cell(column, index)),
    );
    if (cells.every(text => text === '')) return [];
    return [[new Date(timeMs).toISOString(), ...cells]];
  });
  return [head, ...rows].map(row => `${row.map(field).join(',')}\r\n`).join('');
}
