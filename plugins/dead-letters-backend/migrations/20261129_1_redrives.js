// Redrives of dead letters: what was asked, how far it came, and who runs it now.
const { readOlderRedrives } = require('./support/olderRedrives');

/** Most rows that one statement inserts; SQLite bounds the values of a statement. */
const rowsAtOnce = 20;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('dlq_redrives', table => {
    table.uuid('id').primary();
    table.string('cluster').notNullable();
    table.string('topic').notNullable();
    table.boolean('dry_run').notNullable();
    table.uuid('dry_run_id').nullable();
    table.string('state', 20).notNullable();
    table
      .text('request')
      .notNullable()
      .comment('JSON: selection, limit, againBefore as they were asked');
    table
      .text('through')
      .notNullable()
      .comment('JSON: of each partition the offset before which letters count');
    table.double('rate_per_second').notNullable();
    table.bigInteger('again_before_ms').nullable();
    table.bigInteger('expected').nullable();
    table.text('sent').notNullable().comment('JSON: letters by Kafka topic');
    table.bigInteger('redriven_before').notNullable();
    table.bigInteger('origin_unknown').notNullable();
    table.text('failure').nullable().comment('JSON: code, message');
    table.text('attempts').notNullable().comment('JSON: who, when');
    table.string('cancelled_by').nullable();
    table.bigInteger('created_at_ms').notNullable();
    table.bigInteger('updated_at_ms').notNullable();
    table.bigInteger('ended_at_ms').nullable();
    table
      .uuid('lease_owner')
      .nullable()
      .comment('The attempt that works on it; null when none does');
    table
      .bigInteger('lease_until_ms')
      .nullable()
      .comment('When it counts as dead unless it renews');
    table.index(['cluster', 'dry_run', 'created_at_ms'], 'dlq_redrives_newest');
  });
  // Two at once would shut each other out: the database lets only one in.
  await knex.raw(
    `create unique index dlq_redrives_one_at_a_time on dlq_redrives (cluster)
     where lease_owner is not null and not dry_run`,
  );
  // They were part of the consumer lag plugin before; its table stays as it is.
  const older = await readOlderRedrives(knex);
  for (let at = 0; at < older.length; at += rowsAtOnce)
    await knex('dlq_redrives').insert(older.slice(at, at + rowsAtOnce));
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('dlq_redrives');
};
