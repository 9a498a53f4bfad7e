import {
  clockColumns,
  deviceColumn,
  mergeColumns,
} from '@homelab/timescale-schema';
import type { ReadingTable } from '@homelab/timescale-schema';
import { escapeIdentifier } from 'pg';
import { namesOf, stagingOf } from './statements.ts';

const received = escapeIdentifier(clockColumns.receivedAt);
const offset = escapeIdentifier(mergeColumns.recordOffset);
const older = `stored.${escapeIdentifier(mergeColumns.olderFields)}`;
const device = escapeIdentifier(deviceColumn);
const time = escapeIdentifier(clockColumns.measuredAt);
/** jsonb_build_object() takes 100 arguments. */
const fieldsPerObject = 50;

/**
 * The statement that merges staged rows with distinct keys into the stored ones, and gives
 * as `merged` how many changed a value. Each field takes the value of the newest record that
 * has one, by receive time and offset; of two with the same order, the greater value. So the
 * row depends on which records were merged, not on their sequence or repetition.
 *
 * Rows that change nothing are neither written nor locked. When another connection has
 * changed a row meanwhile, PostgreSQL evaluates the condition again for the new version. The
 * rows are looked up one by one, because PostgreSQL has no statistics of the staging table
 * and might scan the whole hypertable.
 */
export function mergeStagedStatement(table: ReadingTable): string {
  const name = escapeIdentifier(table.name);
  const columns = namesOf(table.writtenColumns);
  const fields = table.measurementColumns.map(column => column.name);
  const newer = (column: string) =>
    `${column} = CASE WHEN ${isLater('excluded')} THEN excluded.${column} ELSE stored.${column} END`;
  return `WITH candidates AS MATERIALIZED (
  SELECT ${namesOf(table.writtenColumns, 'given')}, ${corrects(fields)} AS corrects
  FROM ${stagingOf(table)} AS given CROSS JOIN LATERAL (
    SELECT * FROM ${name} AS found
    WHERE found.${device} = given.${device} AND found.${time} = given.${time} LIMIT 1
  ) AS stored
  WHERE ${changes(fields, 'given')}
), merged AS (
  INSERT INTO ${name} AS stored (${columns})
  SELECT ${columns} FROM candidates
  ON CONFLICT (${device}, ${time}) DO UPDATE SET
  ${fields.map(assignField).join(',\n')},
  ${newer(received)},
  ${newer(offset)},
  ${escapeIdentifier(mergeColumns.olderFields)} = ${olderFields(fields)}
  WHERE ${changes(fields, 'excluded')}
)
SELECT count(*)::int AS merged FROM candidates WHERE corrects`;
}

/** A stored record, or one to be merged: `excluded` is PostgreSQL's name for it. */
type Alias = 'stored' | 'given' | 'excluded';

function changes(fields: readonly string[], alias: Alias): string {
  return [isLater(alias), ...fields.map(field => wins(field, alias))].join(
    '\n  OR ',
  );
}

/** Whether a value of the row changes; a later record with the same values only changes its order. */
function corrects(fields: readonly string[]): string {
  const differs = (field: string) => {
    const column = escapeIdentifier(field);
    return `(${wins(field, 'given')} AND given.${column} IS DISTINCT FROM stored.${column})`;
  };
  return `(${fields.map(differs).join('\n  OR ')})`;
}

function assignField(field: string): string {
  const column = escapeIdentifier(field);
  return `${column} = CASE WHEN ${wins(field, 'excluded')} THEN excluded.${column} ELSE stored.${column} END`;
}

/** Whether the record's value of a field replaces the stored one. */
function wins(field: string, alias: Alias): string {
  const given = `${alias}.${escapeIdentifier(field)}`;
  const held = `stored.${escapeIdentifier(field)}`;
  const heldOrder = `${older}->'${field}'`;
  return `(${given} IS NOT NULL AND (${held} IS NULL OR ${isLater(alias)}
    OR (${orderOf(alias)} = ${orderOf('stored')} AND ${given} > ${held})
    OR (${older} IS NOT NULL AND coalesce(${orderJson(alias)} > ${heldOrder}
      OR (${orderJson(alias)} = ${heldOrder} AND ${given} > ${held}), false))))`;
}

function isLater(alias: Alias): string {
  return `${orderOf(alias)} > ${orderOf('stored')}`;
}

/** The order of a record; unknown comes first. */
function orderOf(alias: Alias): string {
  return `(coalesce(${alias}.${received}, '-infinity'), coalesce(${alias}.${offset}, -1))`;
}

/** The same order as JSON, which PostgreSQL compares element by element. */
function orderJson(alias: Alias): string {
  return `jsonb_build_array(coalesce((extract(epoch FROM ${alias}.${received}) * 1000000)::bigint, -1), coalesce(${alias}.${offset}, -1))`;
}

/** The fields whose value is not from the newest record, each with the order of its record. */
function olderFields(fields: readonly string[]): string {
  const pairs = fields.map(field => `'${field}', ${olderOrder(field)}`);
  const objects = [];
  for (let from = 0; from < pairs.length; from += fieldsPerObject)
    objects.push(
      `jsonb_build_object(${pairs.slice(from, from + fieldsPerObject).join(',\n  ')})`,
    );
  return `nullif(jsonb_strip_nulls(${objects.join(' || ')}), '{}')`;
}

function olderOrder(field: string): string {
  const held = `stored.${escapeIdentifier(field)}`;
  const isNewest = `${orderOf('excluded')} >= ${orderOf('stored')}`;
  return `CASE
    WHEN ${wins(field, 'excluded')}
      THEN CASE WHEN ${isNewest} THEN NULL ELSE ${orderJson('excluded')} END
    WHEN ${held} IS NULL THEN NULL
    WHEN ${isLater('excluded')}
      THEN coalesce(${older}->'${field}', ${orderJson('stored')})
    ELSE ${older}->'${field}' END`;
}
