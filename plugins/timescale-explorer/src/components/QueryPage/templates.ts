import type { CatalogueTable } from '@homelab/plugin-timescale-explorer-common';

/** A statement to begin with. */
export interface Template {
  title: string;
  sql: string;
}

const identifier = (name: string) =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** The name of a table in a statement, without `public`. */
export function tableName({ schema, name }: CatalogueTable): string {
  return schema === 'public'
    ? identifier(name)
    : `${identifier(schema)}.${identifier(name)}`;
}

/** Statements for a table: more for a hypertable, whose time column is known. */
export function templatesFor(table: CatalogueTable): Template[] {
  const from = tableName(table);
  const first = { title: 'First rows', sql: `SELECT * FROM ${from} LIMIT 100` };
  if (table.timeColumn === null) return [first];
  const time = identifier(table.timeColumn);
  const recent = `${time} > now() - INTERVAL '1 day'`;
  const rate = {
    title: 'Rows per hour',
    sql: `SELECT time_bucket('1 hour', ${time}) AS hour, count(*) AS rows\nFROM ${from}\nWHERE ${recent}\nGROUP BY hour ORDER BY hour DESC`,
  };
  const device = deviceColumn(table);
  if (device === undefined) return [first, rate];
  return [
    {
      title: 'Latest per device',
      sql: `SELECT DISTINCT ON (${device}) *\nFROM ${from}\nWHERE ${recent}\nORDER BY ${device}, ${time} DESC`,
    },
    rate,
    {
      title: 'Gaps over 10 minutes',
      sql: `SELECT ${device}, before AS "from", ${time} AS "to", ${time} - before AS gap\nFROM (\n  SELECT ${device}, ${time}, lag(${time}) OVER (PARTITION BY ${device} ORDER BY ${time}) AS before\n  FROM ${from} WHERE ${recent}\n) AS r\nWHERE ${time} - before > INTERVAL '10 minutes'\nORDER BY gap DESC`,
    },
    {
      title: 'Duplicates',
      sql: `SELECT ${device}, ${time}, count(*) AS copies\nFROM ${from}\nWHERE ${recent}\nGROUP BY ${device}, ${time} HAVING count(*) > 1\nORDER BY copies DESC`,
    },
    first,
  ];
}

/** The column that tells one device from another: the first text. */
function deviceColumn({ columns }: CatalogueTable): string | undefined {
  const found = columns.find(({ type }) => /^(text|uuid|character)/.test(type));
  return found && identifier(found.name);
}
