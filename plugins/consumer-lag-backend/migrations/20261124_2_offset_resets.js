/**
 * Offset resets: previews that may be applied, and what was applied, with the offsets from
 * before for an undo.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('offset_resets', table => {
    table.uuid('id').primary();
    table.string('cluster').notNullable();
    table.string('group_id').notNullable();
    table.string('state', 20).notNullable();
    table.text('target').notNullable().comment('JSON: as it was asked');
    table
      .text('partitions')
      .notNullable()
      .comment('JSON: topic, partition, from, to, skipped, replayed');
    table.string('made_by').notNullable();
    table.bigInteger('made_at_ms').notNullable();
    table.bigInteger('expires_at_ms').notNullable();
    table.string('applied_by').nullable();
    table.bigInteger('applied_at_ms').nullable();
    table.text('failure').nullable().comment('JSON: code, message');
    table.string('undone_by').nullable();
    table.bigInteger('undone_at_ms').nullable();
    table.index(
      ['cluster', 'group_id', 'applied_at_ms'],
      'offset_resets_newest',
    );
    table.index(['state', 'expires_at_ms'], 'offset_resets_expired');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('offset_resets');
};
