import { createKafkaClient, createLogger } from '@homelab/service-kit';
import type { OutgoingRecord, ProducerLibrary } from '@homelab/service-kit';
import type { Bench, BenchContext } from './bench-context.ts';
import { ratioOf } from './figures.ts';
import type { Figure } from './figures.ts';

const libraries: readonly ProducerLibrary[] = ['platformatic', 'kafkajs'];
const recordsPerSend = 1_000;
const sends = 200;
const topic = 'homelab.energy';

/** What writing a record to Kafka costs in either library, behind the interface that the services use. */
export const benchKafkaProducers: Bench = async context => {
  const rates = new Map<ProducerLibrary, number[]>();
  const cpu = new Map<ProducerLibrary, number[]>();
  for (let round = 1; round <= context.rounds; round += 1) {
    context.report(`  round ${round} of ${context.rounds}`);
    for (const library of libraries) {
      const measured = await measure(context, library);
      rates.set(library, [...(rates.get(library) ?? []), measured.perSecond]);
      cpu.set(library, [...(cpu.get(library) ?? []), measured.cpuUs]);
    }
  }
  const figures: Figure[] = libraries.flatMap(library => [
    { name: library, unit: 'records/s', rounds: rates.get(library) ?? [] },
    {
      name: `${library}, CPU per record`,
      unit: 'us',
      rounds: cpu.get(library) ?? [],
    },
  ]);
  const [one, other] = libraries.map(name => ({ rounds: cpu.get(name) ?? [] }));
  if (one && other)
    figures.push(ratioOf('CPU, platformatic / kafkajs', one, other));
  return figures;
};

async function measure(
  { stack }: BenchContext,
  producerLibrary: ProducerLibrary,
): Promise<{ perSecond: number; cpuUs: number }> {
  const producer = createKafkaClient({
    brokers: [`127.0.0.1:${stack.ports.kafka}`],
    clientId: 'homelab-bench',
    logger: createLogger({ component: 'bench', level: 'error' }),
    producerLibrary,
  }).producer();
  await producer.start();
  try {
    for (let send = 0; send < sends / 10; send += 1)
      await producer.send(records());
    const cpuBefore = process.cpuUsage();
    const startMs = performance.now();
    for (let send = 0; send < sends; send += 1) await producer.send(records());
    const seconds = (performance.now() - startMs) / 1_000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const count = sends * recordsPerSend;
    return { perSecond: count / seconds, cpuUs: (user + system) / count };
  } finally {
    await producer.stop();
  }
}

/** Records as the bridge makes them. */
function records(): OutgoingRecord[] {
  const nowText = new Date().toISOString();
  return Array.from({ length: recordsPerSend }, (_, index) => {
    const deviceId = `load-meter-${index % 50}`;
    return {
      topic,
      key: deviceId,
      value: JSON.stringify({
        timestamp: nowText,
        device_id: deviceId,
        total_energy_kwh: 5_345.6 + index,
        power_kw: 1.23,
        voltage: 231.4,
        current: 5.37,
      }),
      headers: {
        'mqtt-topic': `homelab/energy/${deviceId}`,
        'received-at': nowText,
        'schema-version': '1',
      },
    };
  });
}
