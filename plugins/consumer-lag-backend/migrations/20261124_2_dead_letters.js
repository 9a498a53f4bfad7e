// Dead letters are a plugin of their own now, which takes over the table that was made here.
// What has no such table needs none; one that is there stays, for a way back.

exports.up = async function up() {};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTableIfExists('dlq_redrives');
};
