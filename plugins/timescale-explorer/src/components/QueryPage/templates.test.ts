import { templatesFor } from './templates';

const columns = [
  { name: 'Device', type: 'text' },
  { name: 'at', type: 'timestamp with time zone' },
];

it('knows hypertables by their time column, and quotes names that need it', () => {
  const table = { schema: 'house', name: 'r', timeColumn: 'at', columns };
  const [latest] = templatesFor(table);
  expect(latest?.sql).toBe(
    `SELECT DISTINCT ON ("Device") *\nFROM house.r\nWHERE at > now() - INTERVAL '1 day'\nORDER BY "Device", at DESC`,
  );
  expect(
    templatesFor({ ...table, schema: 'public', timeColumn: null }),
  ).toEqual([{ title: 'First rows', sql: 'SELECT * FROM r LIMIT 100' }]);
});
