import { mockServices } from '@backstage/backend-test-utils';
import { readClusters } from './config';

type Data = NonNullable<
  NonNullable<Parameters<typeof mockServices.rootConfig>[0]>['data']
>;

const read = (data: Data) => readClusters(mockServices.rootConfig({ data }));

const cluster = { name: 'home', brokers: ['127.0.0.1:9092'] };

it('gives no clusters without any key', () => {
  expect(read({})).toEqual([]);
});

it('accepts comma-separated brokers, and flags as text', () => {
  const [{ connection }] = read({
    kafka: {
      clusters: [{ ...cluster, brokers: 'a:9092, b:9092', ssl: 'true' }],
    },
  });
  expect(connection).toMatchObject({
    brokers: ['a:9092', 'b:9092'],
    tls: true,
  });
});

it("understands the configuration of the community's plugin", () => {
  const clusters = read({
    kafka: {
      clientId: 'portal',
      clusters: [
        {
          name: 'prod',
          dashboardUrl: 'https://akhq.example.com/',
          brokers: ['kafka:9093'],
          ssl: true,
          sasl: {
            mechanism: 'scram-sha-512',
            username: 'me',
            password: 'secret',
          },
        },
      ],
    },
  });
  expect(clusters).toEqual([
    {
      name: 'prod',
      title: 'prod',
      dashboardUrl: 'https://akhq.example.com/',
      connection: {
        brokers: ['kafka:9093'],
        clientId: 'portal',
        tls: true,
        sasl: {
          mechanism: 'SCRAM-SHA-512',
          username: 'me',
          password: 'secret',
        },
        requestTimeoutMs: 10_000,
      },
    },
  ]);
});

it('names every bad key and never a value', () => {
  const sasl = { mechanism: 'magic', username: 'me', password: 'secret' };
  const act = () =>
    read({
      kafka: { clusters: [{ ...cluster, brokers: ['nonsense'], sasl }] },
    });
  expect(act).toThrow(/kafka\.clusters\.0\.brokers\.0: must be host:port/);
  expect(act).toThrow(/kafka\.clusters\.0\.sasl\.mechanism/);
  expect(act).not.toThrow(/secret|nonsense/);
});

it('refuses a duplicate name, and a link that is not http or https', () => {
  expect(() => read({ kafka: { clusters: [cluster, cluster] } })).toThrow(
    /the name home is used twice/,
  );
  const dashboardUrl = 'data:text/html,hello';
  expect(() =>
    read({ kafka: { clusters: [{ ...cluster, dashboardUrl }] } }),
  ).toThrow(/kafka\.clusters\.0\.dashboardUrl/);
});

it('says where the keys of an older version have moved', () => {
  expect(() => read({ consumerLag: { clusters: [cluster] } })).toThrow(
    'consumerLag.clusters is now kafka.clusters',
  );
});
