import { mockServices } from '@backstage/backend-test-utils';
import { readConsumerLagConfig } from './config';

function read(data: Parameters<typeof mockServices.rootConfig>[0]) {
  return readConsumerLagConfig(mockServices.rootConfig(data));
}

describe('readConsumerLagConfig', () => {
  it('works without any key', () => {
    expect(read({ data: {} }).pollIntervalSeconds).toBe(15);
  });

  it('accepts switches as text', () => {
    const { alerts } = read({
      data: { consumerLag: { alerts: { enabled: 'false' } } },
    });
    expect(alerts.enabled).toBe(false);
  });

  it('names every bad key', () => {
    const act = () =>
      read({
        data: {
          consumerLag: {
            judgement: { minSamples: 1 },
            pollIntervalSeconds: 'often',
          },
        },
      });
    expect(act).toThrow(/consumerLag\.judgement\.minSamples/);
    expect(act).toThrow(/consumerLag\.pollIntervalSeconds/);
    expect(act).not.toThrow(/often/);
  });
});
