import type { QueryResponse } from '@homelab/plugin-timescale-explorer-common';

type Result = Pick<QueryResponse, 'columns' | 'rows'>;

const number = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A cell of a CSV file. A spreadsheet would run what begins as a formula does. */
function cell(text: string | null): string {
  if (text === null) return '';
  const isFormula = /^[=+\-@\t\r]/.test(text) && !number.test(text);
  const safe = isFormula ? `'${text}` : text;
  // An empty text is told from NULL by its quotes.
  return /[",\r\n]/.test(safe) || safe === ''
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** The rows as CSV (RFC 4180) with the values as PostgreSQL writes them. */
export function toCsv({ columns, rows }: Result): string {
  return [columns.map(({ name }) => name), ...rows]
    .map(row => row.map(cell).join(','))
    .join('\r\n');
}

const plainTypes = new Set(['smallint', 'integer', 'json', 'jsonb']);

/**
 * The rows as a JSON array of objects. What a number of JSON might lose, such as a bigint or NaN,
 * stays a text.
 */
export function toJson({ columns, rows }: Result): string {
  const value = (text: string | null, type: string) => {
    if (text === null) return 'null';
    if (type === 'boolean') return text === 't' ? 'true' : 'false';
    return plainTypes.has(type) ? text : JSON.stringify(text);
  };
  const lines = rows.map(
    row =>
      `{${columns
        .map(
          ({ name, type }, index) =>
            `${JSON.stringify(name)}:${value(row[index] ?? null, type)}`,
        )
        .join(',')}}`,
  );
  return `[\n${lines.join(',\n')}\n]`;
}
