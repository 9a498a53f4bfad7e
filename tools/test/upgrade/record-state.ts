/**
 * Records a small part of what a running stack has stored, as a fixture for the upgrade test of later versions.
 * Usage, in a checkout of the version to record, while it runs with the simulator:
 * `node record-state.ts FOLDER/.homelab KAFKA_PORT POSTGRES_PORT > FIXTURE.json`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import pg from 'pg';
import type { RecordedState } from './recorded-state.ts';

/** Records kept of each partition; groups are taken to have read the first half. */
const keptRecords = 8;
const silenceMs = 5_000;
const movedMs = 280 * 24 * 3_600_000;
const streamTables: Readonly<Record<string, string>> = {
  energy: 'energy_readings',
  heatpump: 'heatpump_status',
  temperature: 'temperature_readings',
};

async function record(
  base: string,
  kafkaPort: string,
  postgresPort: string,
): Promise<RecordedState> {
  const secrets = JSON.parse(
    readFileSync(join(base, 'secrets/secrets.json'), 'utf8'),
  );
  const kafka = new kafkajs.Kafka({
    brokers: [`127.0.0.1:${kafkaPort}`],
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  const names = (await admin.listTopics()).filter(
    name => !name.startsWith('__'),
  );
  const { topics: described } = await admin.fetchTopicMetadata({
    topics: names,
  });
  const topics: RecordedState['topics'] = [];
  for (const { name, partitions } of described)
    topics.push({
      name,
      partitions: partitions.length,
      config: await readConfig(admin, name),
      records: await readFirst(kafka, admin, name),
    });
  const commits = (await readCommits(admin, names)).map(commit => {
    const kept = topics
      .find(({ name }) => name === commit.topic)
      ?.records.filter(({ partition }) => partition === commit.partition);
    const offset = Math.min(
      Number(commit.offset),
      keptRecords / 2,
      kept?.length ?? 0,
    );
    return { ...commit, offset: String(offset) };
  });
  await admin.disconnect();
  const { tables, migrations } = await readTables(
    { topics, commits },
    { port: Number(postgresPort), password: secrets.postgres.homelab_owner },
  );
  return {
    secrets: withoutValues(secrets),
    topics,
    commits,
    migrations,
    tables,
  };
}

/** The shape of the file, with values that open nothing. */
function withoutValues(secrets: RecordedState['secrets']) {
  // The id of the cluster opens nothing either.
  const { kafka, ...passwords } = secrets;
  const replaced = Object.fromEntries(
    Object.entries(passwords).map(([group, values]) => [
      group,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          `recorded-${group}-${name}-`
            .padEnd(value.length, '0')
            .slice(0, value.length),
        ]),
      ),
    ]),
  );
  return { ...replaced, kafka };
}

async function readConfig(admin: kafkajs.Admin, name: string) {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  });
  const entries = resources[0]?.configEntries ?? [];
  const ofTopic = 1;
  return Object.fromEntries(
    entries
      .filter(entry => Number(entry.configSource) === ofTopic)
      .map(entry => [entry.configName, entry.configValue]),
  );
}

type Records = RecordedState['topics'][number]['records'];

async function readFirst(
  kafka: kafkajs.Kafka,
  admin: kafkajs.Admin,
  topic: string,
): Promise<Records> {
  const offsets = await admin.fetchTopicOffsets(topic);
  if (offsets.every(({ high, low }) => high === low)) return [];
  const consumer = kafka.consumer({ groupId: `record-state-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const counts = new Map<number, number>();
  const records: Records = [];
  await new Promise<void>((resolve, reject) => {
    // The marks of transactions have offsets too, so the last record is known only by its silence.
    const silence = setTimeout(resolve, silenceMs);
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ partition, message }) => {
          silence.refresh();
          const count = (counts.get(partition) ?? 0) + 1;
          counts.set(partition, count);
          if (count > keptRecords) return;
          records.push({
            partition,
            key: message.key?.toString() ?? null,
            value: message.value?.toString() ?? null,
            headers: Object.fromEntries(
              Object.entries(message.headers ?? {}).map(([name, value]) => [
                name,
                String(value),
              ]),
            ),
            timestamp: message.timestamp,
          });
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  await admin.deleteGroups([`record-state-${topic}`]);
  return records;
}

async function readCommits(admin: kafkajs.Admin, topics: string[]) {
  const { groups } = await admin.listGroups();
  const commits: RecordedState['commits'] = [];
  for (const { groupId: group } of groups) {
    if (group.startsWith('record-state-')) continue;
    const offsets = await admin.fetchOffsets({ groupId: group, topics });
    for (const { topic, partitions } of offsets) {
      for (const { partition, offset } of partitions)
        if (offset !== '-1') commits.push({ group, topic, partition, offset });
    }
  }
  return commits;
}

/** The rows that the sink had written for the records before its commits. */
async function readTables(
  { topics, commits }: Pick<RecordedState, 'topics' | 'commits'>,
  connection: { port: number; password: string },
): Promise<Pick<RecordedState, 'tables' | 'migrations'>> {
  const client = new pg.Client({
    ...connection,
    host: '127.0.0.1',
    user: 'homelab_owner',
    database: 'homelab',
  });
  await client.connect();
  const applied = await client.query(
    'SELECT name FROM schema_migrations ORDER BY name',
  );
  const tables: RecordedState['tables'] = {};
  for (const [word, table] of Object.entries(streamTables)) {
    const topic = topics.find(({ name }) => name === `homelab.${word}`);
    const times = (topic?.records ?? []).flatMap(
      ({ partition, value }, index, all) => {
        const commit = commits.find(
          one => one.topic === topic?.name && one.partition === partition,
        );
        const offset = all
          .slice(0, index)
          .filter(one => one.partition === partition).length;
        return value !== null && offset < Number(commit?.offset ?? 0)
          ? [String(JSON.parse(value).timestamp)]
          : [];
      },
    );
    const { rows } = await client.query(
      `SELECT to_jsonb(stored) AS row FROM ${table} AS stored WHERE time = ANY($1::timestamptz[]) ORDER BY time`,
      [times],
    );
    tables[table] = rows.map(({ row }) => row);
  }
  await client.end();
  return { tables, migrations: applied.rows.map(({ name }) => name) };
}

/** Moves every time in a text to where no clock is behind it. */
function earlier(text: string): string {
  return text.replace(
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g,
    time => new Date(Date.parse(time) - movedMs).toISOString(),
  );
}

const [base = '', kafkaPort = '', postgresPort = ''] = process.argv.slice(2);
const state = await record(base, kafkaPort, postgresPort);
process.stdout.write(`${earlier(JSON.stringify(state, null, 1))}\n`);
