const { existsSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const knexFactory = require('knex');

const table = 'dlq_redrives';
const [oldPlugin, newPlugin] = ['consumer-lag', 'dead-letters'];
const noSuchDatabase = '3D000';

/**
 * Reads the redrives that the consumer lag plugin stored, wherever Backstage put its tables: in
 * a schema of the same database, in a separate database, or in an SQLite file beside this one.
 * Empty when it never ran.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<Record<string, unknown>[]>}
 */
exports.readOlderRedrives = async function readOlderRedrives(knex) {
  const { config } = knex.client;
  if (knex.client.dialect === 'sqlite3') {
    const { filename } = config.connection;
    const older = join(dirname(filename), `${oldPlugin}.sqlite`);
    if (basename(filename) !== `${newPlugin}.sqlite` || !existsSync(older))
      return [];
    return readElsewhere({
      ...config,
      connection: { ...config.connection, filename: older },
    });
  }
  const { current_database: database } = await knex
    .select(knex.raw('current_database()'))
    .first();
  if (!database.endsWith(newPlugin)) return readTable(knex, oldPlugin);
  try {
    return await readElsewhere({
      ...config,
      connection: {
        ...config.connection,
        database: `${database.slice(0, -newPlugin.length)}${oldPlugin}`,
      },
    });
  } catch (error) {
    if (error.code === noSuchDatabase) return [];
    throw error;
  }
};

/** @param {import('knex').Knex.Config} config */
async function readElsewhere(config) {
  const older = knexFactory({ ...config, pool: { min: 0, max: 1 } });
  try {
    return await readTable(older);
  } finally {
    await older.destroy();
  }
}

/**
 * @param {import('knex').Knex} knex
 * @param {string} [schema]
 */
async function readTable(knex, schema) {
  const within = builder => (schema ? builder.withSchema(schema) : builder);
  if (!(await within(knex.schema).hasTable(table))) return [];
  return within(knex(table)).select('*');
}
