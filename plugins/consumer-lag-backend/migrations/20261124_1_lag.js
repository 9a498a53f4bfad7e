// What the collector has seen. Times are milliseconds since 1970, offsets decimal text in JSON.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('lag_cluster', table => {
    table.comment('The last poll of each Kafka cluster');
    table.string('cluster', 255).primary();
    table.bigInteger('polled_at_ms').comment('When it last answered');
    table.integer('requests').comment('Requests to brokers for the last poll');
    table.text('problem').comment('Why the last poll failed, JSON');
    table.text('partial_problems').comment('What was missing in it, JSON');
  });
  await knex.schema.createTable('lag_group', table => {
    table.comment('Each consumer group as the last poll saw it');
    table.string('cluster', 255).notNullable();
    table.string('group_id', 255).notNullable();
    table.bigInteger('polled_at_ms').notNullable();
    table
      .integer('rank')
      .notNullable()
      .comment('Place in the order worst first, see rankOfGroup');
    table.string('status', 32).notNullable();
    table.bigInteger('since_ms').notNullable();
    table.string('state', 64).comment('As the broker says');
    table.string('members', 64).comment('Fingerprint of its members');
    table.text('summary').notNullable().comment('GroupSummary, JSON');
    table.text('detail').notNullable().comment('GroupDetail, JSON');
    table.primary(['cluster', 'group_id']);
  });
  await knex.schema.createTable('lag_topic', table => {
    table.comment('Each Kafka topic as the last poll saw it');
    table.string('cluster', 255).notNullable();
    table.string('topic', 255).notNullable();
    table.bigInteger('polled_at_ms').notNullable();
    table.text('summary').notNullable().comment('TopicSummary, JSON');
    table.text('detail').notNullable().comment('with partitions, JSON');
    table.primary(['cluster', 'topic']);
  });
  await knex.schema.createTable('lag_series', table => {
    table.comment('Names of the series in lag_raw and lag_rollup');
    table.increments('id');
    table.string('cluster', 255).notNullable();
    table
      .string('group_id', 255)
      .notNullable()
      .comment('Empty for the end offsets of a Kafka topic');
    table.string('topic', 255).notNullable();
    table.unique(['cluster', 'group_id', 'topic']);
  });
  await knex.schema.createTable('lag_raw', table => {
    table.comment('Every poll of the last 24 hours');
    table
      .integer('series_id')
      .notNullable()
      .references('lag_series.id')
      .onDelete('CASCADE');
    table.bigInteger('at_ms').notNullable();
    table.text('ends').notNullable().comment('By partition, JSON');
    table.text('committed').comment('By partition, JSON; null for a topic');
    table.bigInteger('lag');
    table.bigInteger('time_lag_ms');
    table.double('produced_per_second');
    table.double('consumed_per_second');
    table.primary(['series_id', 'at_ms']);
    table.index('at_ms');
  });
  await knex.schema.createTable('lag_rollup', table => {
    table.comment('Five minutes each, of the last 14 days');
    table
      .integer('series_id')
      .notNullable()
      .references('lag_series.id')
      .onDelete('CASCADE');
    table.bigInteger('at_ms').notNullable().comment('Begin of the 5 minutes');
    table.bigInteger('lag').comment('The greatest');
    table.bigInteger('time_lag_ms').comment('The greatest');
    table.double('produced_per_second').comment('Mean');
    table.double('consumed_per_second').comment('Mean');
    table.primary(['series_id', 'at_ms']);
    table.index('at_ms');
  });
  await knex.schema.createTable('lag_event', table => {
    table.comment('What happened to a group, for 14 days');
    table.increments('id');
    table.string('cluster', 255).notNullable();
    table.string('group_id', 255).notNullable();
    table.bigInteger('at_ms').notNullable();
    table.string('kind', 32).notNullable();
    table.string('severity', 16).notNullable();
    table.text('text').notNullable();
    table.index(['cluster', 'group_id', 'at_ms']);
    table.index('at_ms');
  });
  await knex.schema.createTable('lag_alert', table => {
    table.comment('What the owners of a group were told last');
    table.string('cluster', 255).notNullable();
    table.string('group_id', 255).notNullable();
    table.string('told', 16).notNullable().comment('Severity they know of');
    table.string('pending', 16).comment('Severity that has to last first');
    table.integer('polls').notNullable().comment('How often it was seen');
    table.primary(['cluster', 'group_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const tables = [
    'alert',
    'event',
    'rollup',
    'raw',
    'series',
    'topic',
    'group',
    'cluster',
  ];
  for (const name of tables) await knex.schema.dropTable(`lag_${name}`);
};
