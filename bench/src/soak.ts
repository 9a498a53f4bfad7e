import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench-context.ts';
import { ourBridge } from './bridge-programs.ts';
import type { Figure } from './figures.ts';
import { openKafkaAdmin, recordCount } from './kafka-ends.ts';
import { publishReadings } from './reading-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';
import { ourSink } from './sink-program.ts';

const ratePerSecond = 5_000;
const sampleMs = 5_000;

/**
 * Whether the memory of bridge and sink stays flat under 5,000 readings a second for `minutes`.
 * Memory rises until the garbage collector runs, every few minutes; it is flat when the peak of
 * the second half is no higher than that of the first.
 */
export const benchSoak: Bench = async context => {
  const { stack, minutes, report } = context;
  const sink = await ourSink(stack).start();
  const bridge = await ourBridge(stack).start('bench-soak');
  const count = Math.round(minutes * 60 * ratePerSecond);
  const progress = { done: false };
  try {
    const load = { count, ratePerSecond };
    const published = publishReadings(context, load).finally(() => {
      progress.done = true;
    });
    const memory = sampleMemory({ bridge, sink }, progress, report);
    await published;
    const samples = await memory;
    await requireAll(context, count);
    return Object.entries(samples).flatMap(([name, kib]) => figures(name, kib));
  } finally {
    await Promise.all([bridge.stop(), sink.stop()]);
  }
};

async function sampleMemory<Name extends string>(
  processes: Readonly<Record<Name, MeasuredProcess>>,
  progress: { readonly done: boolean },
  report: (message: string) => void,
): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = {};
  let nextReportMs = Date.now();
  while (!progress.done) {
    const now: string[] = [];
    for (const name in processes) {
      const kib = processes[name].memoryKib();
      (samples[name] ??= []).push(kib);
      now.push(`${name} ${Math.round(kib / 1024)} MiB`);
    }
    if (Date.now() >= nextReportMs) {
      report(`  ${now.join(', ')}`);
      nextReportMs += 60_000;
    }
    await delay(sampleMs);
  }
  return samples;
}

function figures(name: string, kib: readonly number[]): Figure[] {
  const middle = Math.floor(kib.length / 2);
  const mib = (samples: readonly number[]) => samples.map(one => one / 1024);
  const early = mib(kib.slice(0, middle));
  const late = mib(kib.slice(middle));
  return [
    { name: `${name} memory, first half`, unit: 'MiB', rounds: early },
    { name: `${name} memory, second half`, unit: 'MiB', rounds: late },
    {
      name: `${name} memory, highest of the second half / of the first`,
      unit: 'x',
      rounds: [Math.max(...late) / Math.max(...early)],
      goal: { atMost: 1.1 },
    },
  ];
}

/** Throws unless all records arrived: a process that drops messages would need no memory. */
async function requireAll(
  { stack }: BenchContext,
  count: number,
): Promise<void> {
  const admin = await openKafkaAdmin(stack);
  try {
    const deadlineMs = Date.now() + 60_000;
    while ((await recordCount(admin, 'homelab.energy')) < count) {
      if (Date.now() > deadlineMs)
        throw new Error(`Fewer than ${count} records are in Kafka.`);
      await delay(100);
    }
  } finally {
    await admin.stop();
  }
}
