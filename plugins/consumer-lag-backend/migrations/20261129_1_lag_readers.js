/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('lag_group', table => {
    table
      .bigInteger('memberless_since_ms')
      .comment('Since when it has no member; null while it has some');
    table
      .string('lag', 20)
      .comment('Records unread, decimal; null when not known');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('lag_group', table => {
    table.dropColumn('memberless_since_ms');
    table.dropColumn('lag');
  });
};
