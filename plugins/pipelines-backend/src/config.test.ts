import { mockServices } from '@backstage/backend-test-utils';
import { readPipelinesConfig } from './config';

type Data = Parameters<typeof mockServices.rootConfig>[0] extends
  { data?: infer D } | undefined
  ? D
  : never;

const read = (data: Data) =>
  readPipelinesConfig(mockServices.rootConfig({ data }));

const hop = { kind: 'kafka-topic', cluster: 'home', topic: 'energy' };

it('works without any key', () => {
  expect(read({})).toEqual({ mqttBrokers: [], databases: [], list: [] });
});

it('reads a pipeline', () => {
  const { list } = read({
    kafka: { clusters: [{ name: 'home', brokers: 'a:1' }] },
    pipelines: { list: [{ name: 'energy', hops: [hop] }] },
  });
  expect(list).toEqual([
    { name: 'energy', expectedIntervalSeconds: 120, hops: [hop] },
  ]);
});

it('rejects a pipeline that refers to something missing', () => {
  expect(() =>
    read({
      pipelines: {
        list: [
          {
            name: 'energy',
            hops: [
              hop,
              { kind: 'device', broker: 'attic', topicFilters: ['a'] },
              { kind: 'table', database: 'db', table: 't', timeColumn: 'c' },
            ],
          },
        ],
      },
    }),
  ).toThrow(
    [
      'pipelines.list (energy), hop 1: there is no Kafka cluster home in kafka.clusters',
      'pipelines.list (energy), hop 2: there is no MQTT broker attic in pipelines.mqttBrokers',
      'pipelines.list (energy), hop 3: there is no database db in pipelines.databases',
    ].join('; '),
  );
});

it('rejects two pipelines with the same name', () => {
  const table = { kind: 'table', database: 'db', table: 't', timeColumn: 'c' };
  const login = { host: 'h', database: 'd', user: 'u', password: 'p' };
  expect(() =>
    read({
      pipelines: {
        databases: [{ name: 'db', ...login }],
        list: [
          { name: 'energy', hops: [table] },
          { name: 'energy', hops: [table] },
        ],
      },
    }),
  ).toThrow('pipelines.list: there are two pipelines energy');
});

it('names every invalid key, and never a value', () => {
  const act = () =>
    read({
      pipelines: {
        mqttBrokers: [{ name: 'home', url: 'http://secret' }],
        list: [{ name: 'energy', hops: [] }],
      },
    });
  expect(act).toThrow(/pipelines\.mqttBrokers\.0\.url/);
  expect(act).toThrow(/pipelines\.list\.0\.hops/);
  expect(act).not.toThrow(/secret/);
});

it('names the new keys for those of an older version', () => {
  expect(() =>
    read({
      consumerLag: { mqttBrokers: [], databases: [], pipelines: [] },
    }),
  ).toThrow(
    'consumerLag.mqttBrokers is now pipelines.mqttBrokers; consumerLag.databases is now pipelines.databases; consumerLag.pipelines is now pipelines.list',
  );
  expect(() =>
    read({
      pipelines: {
        list: [{ name: 'energy', entityRefs: ['component:a/b'], hops: [hop] }],
      },
    }),
  ).toThrow(
    'pipelines.list.0.entityRefs: is no longer read: name the pipeline in the annotation homelab/pipelines of each entity instead',
  );
});
