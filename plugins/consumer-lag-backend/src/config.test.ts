import { mockServices } from '@backstage/backend-test-utils';
import { readConsumerLagConfig } from './config';

function read(data: Parameters<typeof mockServices.rootConfig>[0]) {
  return readConsumerLagConfig(mockServices.rootConfig(data));
}

const cluster = { name: 'home', brokers: ['127.0.0.1:9092'] };

describe('readConsumerLagConfig', () => {
  it('works without any key, and then watches nothing', () => {
    const config = read({ data: {} });
    expect(config.clusters).toEqual([]);
    expect(config.pollIntervalSeconds).toBe(15);
  });

  it('takes brokers as text with commas, and switches as text', () => {
    const { clusters, alerts } = read({
      data: {
        consumerLag: {
          clusters: [{ ...cluster, brokers: 'a:9092, b:9092', ssl: 'true' }],
          alerts: { enabled: 'false' },
        },
      },
    });
    expect(clusters[0].connection).toMatchObject({
      brokers: ['a:9092', 'b:9092'],
      tls: true,
    });
    expect(alerts.enabled).toBe(false);
  });

  it("takes the clusters of the community's plugin when it has none of its own", () => {
    const { clusters } = read({
      data: {
        kafka: {
          clientId: 'backstage',
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
      },
    });
    expect(clusters).toEqual([
      {
        name: 'prod',
        title: 'prod',
        dashboardUrl: 'https://akhq.example.com/',
        connection: {
          brokers: ['kafka:9093'],
          clientId: 'backstage',
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

  it('names every bad key and no value', () => {
    const sasl = { mechanism: 'magic', username: 'me', password: 'secret' };
    const act = () =>
      read({
        data: {
          consumerLag: {
            clusters: [{ ...cluster, brokers: ['nonsense'], sasl }],
            pollIntervalSeconds: 'often',
          },
        },
      });
    expect(act).toThrow(
      /consumerLag\.clusters\.0\.brokers\.0: must be host:port/,
    );
    expect(act).toThrow(/consumerLag\.clusters\.0\.sasl\.mechanism/);
    expect(act).toThrow(/consumerLag\.pollIntervalSeconds/);
    expect(act).not.toThrow(/secret|nonsense/);
  });

  it('refuses a name given twice and a pipeline that leads nowhere', () => {
    expect(() =>
      read({ data: { consumerLag: { clusters: [cluster, cluster] } } }),
    ).toThrow('names the Kafka cluster home twice');
    expect(() =>
      read({
        data: {
          consumerLag: {
            clusters: [cluster],
            pipelines: [
              {
                name: 'energy',
                hops: [{ kind: 'kafka-topic', cluster: 'away', topic: 'a' }],
              },
            ],
          },
        },
      }),
    ).toThrow(
      'consumerLag.pipelines (energy), hop 1: there is no Kafka cluster away in clusters',
    );
  });
});
