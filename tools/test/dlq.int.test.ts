import {
  deadLetterHeaders,
  ingestRedriveTopic,
  kafkaTopics,
  recordHeaders,
  topicDefinitions,
  topicSettings,
} from '@homelab/telemetry';
import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  eventually,
  fileScope,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { ReadRecord } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHomelab, startHomelab } from './run-homelab.ts';

const suite = fileScope(afterAll);
const env = { KAFKA_BROKERS: testServers().kafka.brokers.join(',') };
const patience = { timeoutMs: 30_000 };
/** No other test writes dead letters here; other Kafka topics are shared. */
const topic = 'homelab.temperature.dlq';

const dlq = (...args: string[]) => runHomelab(['dlq', ...args], env);

beforeAll(async () => {
  const admin = await createTestAdmin(suite);
  await admin.createTopics(
    topicDefinitions.map(definition => ({
      name: definition.name,
      partitions: definition.partitions,
      config: topicSettings(definition),
    })),
  );
});

/** Puts letters into the dead-letter topic, all with the same key. */
async function writeLetters(
  values: readonly (string | Buffer)[],
  headers: Record<string, string> = {},
): Promise<string> {
  const key = uniqueName('sensor');
  const producer = await createTestProducer(suite);
  await producer.send(
    values.map(value => ({
      topic,
      key,
      value,
      headers: {
        [recordHeaders.mqttTopic]: 'zigbee2mqtt/bath',
        [recordHeaders.receivedAt]: '2026-01-12T06:31:10.000Z',
        [deadLetterHeaders.stage]: 'sink',
        [deadLetterHeaders.code]: 'database_rejected',
        [deadLetterHeaders.message]: 'numeric field overflow',
        [deadLetterHeaders.originTopic]: kafkaTopics.temperature,
        [deadLetterHeaders.lastFailedAt]: new Date().toISOString(),
        ...headers,
      },
    })),
  );
  return key;
}

/** Committed records of a Kafka topic with a key. */
async function recordsOf(name: string, key: string): Promise<ReadRecord[]> {
  const found: ReadRecord[] = [];
  await createTestKafka().read({
    topics: [name],
    onRecords: async records => {
      found.push(...records.filter(record => String(record.key) === key));
      return 'more';
    },
  });
  return found;
}

test('list counts letters, show prints them, and their control characters never reach the terminal', async () => {
  const key = await writeLetters(
    [
      JSON.stringify({ room: '\u001b[31mred', temperature_c: 1e9 }),
      Buffer.from([0xff, 0, 1]),
      'x'.repeat(3_000),
    ],
    { [deadLetterHeaders.message]: 'bell \u0007 and \u202e turn' },
  );
  const list = await dlq('list');
  expect(list).toMatchObject({ code: 0, err: '' });
  expect(list.out).toMatch(
    /^TOPIC +LETTERS +WAITING +REDRIVEN +OLDEST +NEWEST +CODES\n/,
  );
  expect(list.out).toMatch(
    /homelab\.temperature\.dlq +\d+ +\d+ +\d+ .*database_rejected \d+/,
  );

  const show = await dlq('show', 'temperature', '--key', key);
  expect(show).toMatchObject({ code: 0, err: '' });
  expect(show.out).toMatch(new RegExp(`^  key +${key}$`, 'm'));
  expect(show.out).toContain(String.raw`bell \u0007 and \u202e turn`);
  expect(show.out).toContain(String.raw`"room": "\u001b[31mred",`);
  expect(show.out).toContain('value, 3 bytes, binary\n    ff 00 01\n');
  expect(show.out).toContain('… and 952 bytes more; --full shows them');
  expect(show.out).toMatch(
    /0:\d+ {2}database_rejected at the sink, .*, waiting\n/,
  );
  expect(show.out.match(/[^\P{C}\n]/u)).toBeNull();
  expect((await dlq('show', topic, '--key', key, '--full')).out).toContain(
    'x'.repeat(3_000),
  );

  const json = await dlq('show', topic, '--key', key, '--json', '--limit', '2');
  expect(JSON.parse(json.out)).toMatchObject([
    { key, valueBase64: Buffer.from('x'.repeat(3_000)).toString('base64') },
    { key, redriven: null, headers: { [deadLetterHeaders.stage]: 'sink' } },
  ]);
  const none = await dlq('show', topic, '--key', uniqueName('nobody'));
  expect(none).toMatchObject({ code: 0, out: `No such letter in ${topic}.\n` });
});

test('a dry redrive shows what the real one then does once', async () => {
  const key = await writeLetters(['{"n":1}', '{"n":2}', '{"n":3}']);
  const choice = ['redrive', 'temperature', '--key', key];
  const dry = await dlq(...choice, '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(
    /^(0:\d+ {2}database_rejected {2}sensor-\w+ {2}-> homelab\.temperature\n){3}Would send 3 letters of homelab\.temperature\.dlq:\n {2}3 to homelab\.temperature\nNothing was sent\.\n$/,
  );
  expect(await recordsOf(kafkaTopics.temperature, key)).toEqual([]);

  const first = await dlq(...choice, '--limit', '2');
  expect(first).toEqual({
    code: 0,
    err: '',
    out: 'Sent 2 letters of homelab.temperature.dlq:\n  2 to homelab.temperature\n',
  });
  const second = await dlq(...choice);
  expect(second.out).toBe(
    'Sent 1 letter of homelab.temperature.dlq:\n  1 to homelab.temperature\nLeft out 2 letters redriven before; --again sends them too.\n',
  );
  await eventually(
    async () =>
      expect(
        (await recordsOf(kafkaTopics.temperature, key)).map(({ value }) =>
          String(value),
        ),
      ).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']),
    patience,
  );
  const show = await dlq('show', topic, '--key', key);
  expect(
    show.out.match(/redriven 2\d{3}-.* to homelab\.temperature/g),
  ).toHaveLength(3);
  expect((await dlq(...choice, '--again', '--dry-run')).out).toContain(
    'Would send 3 letters',
  );
});

test('messages that never reached Kafka go to the bridge', async () => {
  const key = await writeLetters(['{}'], {
    [deadLetterHeaders.originTopic]: 'mqtt',
    [deadLetterHeaders.stage]: 'bridge',
  });
  const sent = await dlq('redrive', topic, '--stage', 'bridge', '--key', key);
  expect(sent.out).toContain(`1 to ${ingestRedriveTopic}\n`);
});

test('Ctrl-C ends a redrive after the current transaction, and it can be continued', async () => {
  const key = await writeLetters(Array.from({ length: 30 }, (_, n) => `${n}`));
  const running = startHomelab(
    ['dlq', 'redrive', topic, '--key', key, '--rate', '5'],
    env,
  );
  await eventually(
    async () =>
      expect(await recordsOf(kafkaTopics.temperature, key)).not.toEqual([]),
    patience,
  );
  running.signal('SIGINT');
  const { code, out } = await running.ended;
  expect(code).toBe(130);
  expect(out).toContain('Stopping after the current transaction.\nSent ');
  expect(out).toContain('Run the same command again to continue');
  expect(await dlq('redrive', topic, '--key', key)).toMatchObject({ code: 0 });
  await eventually(
    async () =>
      expect(await recordsOf(kafkaTopics.temperature, key)).toHaveLength(30),
    patience,
  );
});

test('purge shows what is lost, asks, and deletes the oldest letters', async () => {
  const key = await writeLetters(['1', '2', '3']);
  const [, second] = await recordsOf(topic, key);
  const cut = ['purge', 'temperature', '--through', `0:${second?.offset}`];
  const dry = await dlq(...cut, '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(
    /^This deletes \d+ letters of homelab\.temperature\.dlq, for ever: \d+ waiting, \d+ redriven\.\n/,
  );
  const unasked = await dlq(...cut);
  expect(unasked.code).toBe(1);
  expect(unasked.err).toBe(
    `homelab: Cannot ask for confirmation, because the input is not a terminal; run "./homelab dlq purge temperature --through 0:${second?.offset} --yes" if you are sure.\n`,
  );
  expect(await recordsOf(topic, key)).toHaveLength(3);
  const done = await dlq(...cut, '--yes');
  expect(done.out).toMatch(/Deleted \d+ letters\.\n$/);
  expect(
    (await recordsOf(topic, key)).map(({ value }) => String(value)),
  ).toEqual(['3']);
  expect((await dlq('purge', topic, '--all', '--yes')).out).toContain(
    'Deleted 1 letter.',
  );
  const nothing = await dlq('purge', topic, '--before', '1s', '--yes');
  expect(nothing.out).toBe(
    `There is no such letter in ${topic}; nothing was deleted.\n`,
  );
});

test.each([
  [['show', 'water'], 'is no dead-letter topic; there are homelab.energy.dlq'],
  [
    ['show', topic, '--code', 'bad'],
    '--code "bad" is not known; it may be payload_empty',
  ],
  [
    ['show', topic, '--since', 'noon'],
    '--since "noon" is not a time: write a date',
  ],
  [
    ['redrive', topic, '--offset', '7'],
    '--offset "7" is not the place of a letter',
  ],
  [['redrive', topic, '--rate', '0'], '--rate "0" must be a number above 0'],
  [
    ['redrive', topic, '--limit', '1.5'],
    '--limit "1.5" must be a whole number',
  ],
  [
    ['purge', topic, '--key', 'a'],
    '--key cannot select what to purge: Kafka only deletes from the front',
  ],
  [['purge', topic], 'Choose where to stop'],
  [['purge', topic, '--all', '--before', '1d'], 'with one of --before'],
])('%j is refused with a sentence', async (args, sentence) => {
  const ended = await dlq(...args);
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toContain(sentence);
});
