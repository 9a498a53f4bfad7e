/** A column of a rollup and how it is made, in SQL that both editions of TimescaleDB take. */
export interface RollupColumn {
  readonly name: string;
  readonly type: 'double precision' | 'integer' | 'timestamptz';
  /** What it holds, with its unit. */
  readonly comment: string;
  /** The aggregate over the readings of an hour. */
  readonly ofReadings: string;
  /** The aggregate over the hours of a day. */
  readonly ofHours: string;
  /** Set where it is the first time of the lowest value of a field, or the last of the highest. */
  readonly timeOf?: Extreme;
}

/** The lowest or the highest value of a field. */
export interface Extreme {
  readonly aggregate: 'min' | 'max';
  readonly field: string;
}

/** Number of readings for which `sql` is true. */
export function condition(
  name: string,
  sql: string,
  comment: string,
): RollupColumn {
  return count(name, `count(*) FILTER (WHERE ${sql})`, comment);
}

/** A count that adds up over the hours of a day. */
export function count(
  name: string,
  aggregate: string,
  comment: string,
): RollupColumn {
  return {
    name,
    type: 'integer',
    comment,
    ofReadings: `(${aggregate})::integer`,
    ofHours: `sum(${name})::integer`,
  };
}

/** Sum of `sql` over the readings for which `when` is true. */
export function sum(
  name: string,
  sql: string,
  when: string,
  comment: string,
): RollupColumn {
  return {
    name,
    type: 'double precision',
    comment: `Sum: ${comment}`,
    ofReadings: `sum(${sql}) FILTER (WHERE ${when})`,
    ofHours: `sum(${name})`,
  };
}

/** Sum and number of `sql` over the readings for which `when` is true; a mean is their ratio. */
export function mean(
  name: string,
  sql: string,
  when: string,
  comment: string,
  unit: string,
): readonly RollupColumn[] {
  return [
    sum(`${name}_sum`, sql, when, `${comment}, ${unit}`),
    count(
      `${name}_n`,
      `count(${sql}) FILTER (WHERE ${when})`,
      `Readings of ${comment}`,
    ),
  ];
}
