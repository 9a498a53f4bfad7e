import { hypertables, measurementsOf, streams } from '@homelab/telemetry';
import type { Measurement, Stream } from '@homelab/telemetry';
import { heatpumpAggregates } from './heatpump-aggregates.ts';
import { condition, count } from './rollup-column.ts';
import type { Extreme, RollupColumn } from './rollup-column.ts';

/** The aggregates of one stream, hour by hour and day by day, each per device. */
export interface Rollup {
  readonly stream: Stream;
  /** The hypertable of its readings. */
  readonly source: string;
  /** The view with a row for each device and hour that has readings. */
  readonly hourly: string;
  /** The same for days of the site's time zone. */
  readonly daily: string;
  /** Columns of both views behind `device_id` and `bucket`. */
  readonly columns: readonly RollupColumn[];
}

/** The column of every rollup that holds when the hour or the local day begins. */
export const bucketColumn = 'bucket';

const readingColumns: readonly RollupColumn[] = [
  count('readings', 'count(*)', 'Number of readings'),
  {
    name: 'first_at',
    type: 'timestamptz',
    comment: 'Time of the first reading',
    ofReadings: 'min(time)',
    ofHours: 'min(first_at)',
  },
  {
    name: 'last_at',
    type: 'timestamptz',
    comment: 'Time of the last reading',
    ofReadings: 'max(time)',
    ofHours: 'max(last_at)',
  },
];

/** Last, since it came later than the others and tables keep the order of their columns. */
const estimatedColumn = condition(
  'estimated_n',
  'cardinality(estimated) > 0',
  'Readings with an estimated value',
);

const known = (field: string) =>
  count(`${field}_n`, `count(${field})`, `Readings with ${field}`);

function number(
  name: string,
  comment: string,
  ofReadings: string,
  ofHours: string,
): RollupColumn {
  return { name, type: 'double precision', comment, ofReadings, ofHours };
}

function gaugeColumns(field: string, what: string): RollupColumn[] {
  const over = (aggregate: string, word: string) =>
    number(
      `${field}_${aggregate}`,
      `${word}: ${what}`,
      `${aggregate}(${field})`,
      `${aggregate}(${field}_${aggregate})`,
    );
  return [
    over('sum', 'Sum'),
    known(field),
    over('min', 'Lowest'),
    over('max', 'Highest'),
  ];
}

/**
 * First and last value with their times, and lowest and highest with theirs: of a counter that
 * was reset once within the bucket, these suffice to know how far it rose.
 */
function counterColumns(field: string, what: string): RollupColumn[] {
  return [
    ...endColumns(field, what, 'first'),
    ...endColumns(field, what, 'last'),
    ...extremeColumns(field, what, 'min'),
    ...extremeColumns(field, what, 'max'),
    known(field),
  ];
}

function endColumns(
  field: string,
  what: string,
  end: 'first' | 'last',
): RollupColumn[] {
  const value = `${field}_${end}`;
  const at = `${value}_at`;
  const ofTimes = end === 'first' ? 'min' : 'max';
  const word = end === 'first' ? 'First' : 'Last';
  return [
    number(
      value,
      `${word}: ${what}`,
      `${end}(${field}, time) FILTER (WHERE ${field} IS NOT NULL)`,
      `${end}(${value}, ${at}) FILTER (WHERE ${at} IS NOT NULL)`,
    ),
    {
      name: at,
      type: 'timestamptz',
      comment: `Time of ${value}`,
      ofReadings: `${ofTimes}(time) FILTER (WHERE ${field} IS NOT NULL)`,
      ofHours: `${ofTimes}(${at})`,
    },
  ];
}

/** One aggregate of pairs finds the time: of equal values the first lowest, the last highest. */
function extremeColumns(
  field: string,
  what: string,
  aggregate: Extreme['aggregate'],
): RollupColumn[] {
  const value = `${field}_${aggregate}`;
  const at = `${value}_at`;
  const timeOf = (number_: string, time: string) =>
    `to_timestamp((${aggregate}(ARRAY[${number_}, extract(epoch FROM ${time})::double precision]) FILTER (WHERE ${number_} IS NOT NULL))[2])`;
  const isLowest = aggregate === 'min';
  return [
    number(
      value,
      `${isLowest ? 'Lowest' : 'Highest'}: ${what}`,
      `${aggregate}(${field})`,
      `${aggregate}(${value})`,
    ),
    {
      name: at,
      type: 'timestamptz',
      comment: `${isLowest ? 'First' : 'Last'} time of ${value}`,
      ofReadings: timeOf(field, 'time'),
      ofHours: timeOf(value, at),
      timeOf: { aggregate, field },
    },
  ];
}

function columnsOf(field: string, measurement: Measurement): RollupColumn[] {
  const what = describeMeasurement(measurement);
  switch (measurement.kind) {
    case 'gauge':
      return gaugeColumns(field, what);
    case 'counter':
      return counterColumns(field, what);
    case 'flag':
      return [
        condition(`${field}_true_n`, field, `Readings at which: ${what}`),
        known(field),
      ];
    case 'state':
    case 'text':
    case 'list':
      return [];
  }
}

/** What a measurement means, and its unit. */
export function describeMeasurement(measurement: Measurement): string {
  const { description } = measurement;
  const unit = 'unit' in measurement ? measurement.unit : '';
  return unit === '' ? description : `${description}, ${unit}`;
}

function rollupOf(stream: Stream): Rollup {
  return {
    stream,
    source: hypertables[stream],
    hourly: `${stream}_hourly`,
    daily: `${stream}_daily`,
    columns: [
      ...readingColumns,
      ...measurementsOf(stream).flatMap(([field, measurement]) =>
        columnsOf(field, measurement),
      ),
      ...(stream === 'heatpump' ? heatpumpAggregates : []),
      estimatedColumn,
    ],
  };
}

/** The rollups of each stream: the one definition from which the SQL of both editions is made. */
export const rollups: Readonly<Record<Stream, Rollup>> = {
  energy: rollupOf('energy'),
  heatpump: rollupOf('heatpump'),
  temperature: rollupOf('temperature'),
};

/** Every rollup. */
export const allRollups: readonly Rollup[] = streams.map(
  stream => rollups[stream],
);
