/** A connection that answers queries: of a pool, or of a test's database. */
export interface Queryable {
  query<Row extends object>(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Row[] }>;
}

/** Runs work on one snapshot of a database that is only read. */
export type Read = <T>(work: (database: Queryable) => Promise<T>) => Promise<T>;

/** Quotes an identifier. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Quotes `schema.table`, of which neither part has a dot. */
export const quoted = (qualified: string) =>
  qualified.split('.').map(identifier).join('.');

/** Quotes a text. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A timestamptz as ISO 8601; null where it is infinite or beyond four digits of a year. */
export const iso = (expression: string) =>
  `CASE WHEN ${expression} BETWEEN '0001-01-02' AND '9999-12-30'
    THEN to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;

/** An interval in milliseconds. */
export const milliseconds = (expression: string) =>
  `(extract(epoch FROM ${expression}) * 1000)::double precision`;
