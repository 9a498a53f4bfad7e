import type { Hop, Pipeline } from '@homelab/plugin-pipelines-common';
import type { PipelinesApi } from '../api';

const minute = 60_000;

/** The time `ms` milliseconds ago, ISO 8601. */
function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

function createHop(overrides: Partial<Hop>): Hop {
  return {
    kind: 'kafka-topic',
    name: 'homelab.energy',
    title: 'homelab.energy',
    cluster: 'home',
    state: 'flowing',
    ratePerSecond: 12.4,
    newestAt: ago(2_000),
    detail: null,
    ...overrides,
  };
}

/**
 * The pipeline of the energy readings.
 *
 * @param options.stopsAt index of the hop that receives no data although the one before has some
 */
export function createPipeline(options: { stopsAt?: number } = {}): Pipeline {
  const { stopsAt = Infinity } = options;
  const hops: Hop[] = [
    createHop({
      kind: 'device',
      name: 'meter-1',
      title: 'Electricity meter',
      cluster: null,
      ratePerSecond: 0.1,
      detail: '1 topic',
    }),
    createHop({
      kind: 'mqtt-topic',
      name: 'homelab/energy/+, saveeye/telemetry',
      title: 'homelab/energy/+, saveeye/telemetry',
      cluster: null,
      ratePerSecond: 12.4,
    }),
    createHop({}),
    createHop({
      kind: 'consumer-group',
      name: 'timescaledb-energy',
      title: 'timescaledb-energy',
      detail: '9 min behind',
    }),
    createHop({
      kind: 'table',
      name: 'energy_readings',
      title: 'energy_readings',
      cluster: null,
    }),
  ].map((hop, index) => {
    if (index < stopsAt) return hop;
    return {
      ...hop,
      state: index === stopsAt ? ('stopped' as const) : ('quiet' as const),
      ratePerSecond: 0,
      newestAt: ago(18 * minute),
    };
  });
  return {
    name: 'energy',
    title: 'Energy readings',
    hops,
    sentence:
      stopsAt === Infinity
        ? 'Data flows through every hop.'
        : `Data stops at the consumer group ${hops[stopsAt]?.title}: last data 18 min ago.`,
  };
}

/** An API with the pipeline of the energy readings; tests override what differs. */
export function createFakeApi(
  overrides: Partial<PipelinesApi> = {},
): PipelinesApi {
  return {
    getPipelines: async names => ({
      now: new Date().toISOString(),
      pipelines: names.includes('energy') ? [createPipeline()] : [],
      missing: names.filter(name => name !== 'energy'),
    }),
    ...overrides,
  };
}
