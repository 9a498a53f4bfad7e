import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import { asMetric, BulkHistogram } from './bulk-histogram.ts';

export type { BulkHistogram, Counter, Gauge, Histogram, Registry };

/** The closed set of values of each label; defined in code, never text from a device. */
export type LabelValues<Label extends string> = Readonly<
  Record<Label, readonly string[]>
>;

interface MetricOptions<Label extends string> {
  /** What is measured and its unit, such as `produce_seconds`; the prefix is added. */
  readonly name: string;
  readonly help: string;
  readonly labels?: LabelValues<Label>;
}

/** Creates the metrics of one component, each exported from the start. */
export interface Metrics {
  /** A count that never decreases; `collect` may increase it on each scrape. `name` ends in `_total`. */
  counter<Label extends string = never>(
    options: MetricOptions<Label> & {
      collect?: (counter: Counter<Label>) => void;
    },
  ): Counter<Label>;
  /** A value that goes up and down; `collect` may set it on each scrape. */
  gauge<Label extends string = never>(
    options: MetricOptions<Label> & {
      collect?: (gauge: Gauge<Label>) => void | Promise<void>;
    },
  ): Gauge<Label>;
  /** A distribution; `buckets` are upper bounds in the unit of the name. */
  histogram<Label extends string = never>(
    options: MetricOptions<Label> & { buckets: readonly number[] },
  ): Histogram<Label>;
  /** A distribution of values so frequent that recording one must cost almost nothing. */
  bulkHistogram<Label extends string = never>(
    options: MetricOptions<Label> & { buckets: readonly number[] },
  ): BulkHistogram<Label>;
}

/**
 * Creates the single registry of a process, with Node and process metrics (memory, CPU,
 * event loop lag) and `homelab_build_info`.
 */
export function createRegistry(
  component: string,
  options: { version?: string } = {},
): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'homelab_build_info',
    help: 'Always 1; the labels describe the running build.',
    labelNames: ['component', 'version', 'node'],
    registers: [registry],
  }).set(
    { component, version: options.version ?? 'unknown', node: process.version },
    1,
  );
  return registry;
}

/**
 * Returns a factory of metrics named `homelab_<component>_<name>`. Counters, gauges and
 * histograms with labels start at 0 for every combination of label values. Throws on a
 * name that breaks the naming rules.
 */
export function createMetrics(registry: Registry, component: string): Metrics {
  const settingsOf = <Label extends string>(options: MetricOptions<Label>) => ({
    name: `homelab_${component}_${options.name}`.replaceAll('-', '_'),
    help: options.help,
    labelNames: labelNamesOf(options.labels),
    registers: [registry],
  });
  return {
    counter(options) {
      requireName(
        options.name.endsWith('_total'),
        options.name,
        'end in _total',
      );
      const { collect } = options;
      const counter = new Counter({
        ...settingsOf(options),
        ...(collect === undefined
          ? {}
          : {
              async collect() {
                collect(counter);
              },
            }),
      });
      for (const labels of combinations(options.labels)) counter.inc(labels, 0);
      return counter;
    },
    gauge(options) {
      requireName(
        !options.name.endsWith('_total'),
        options.name,
        'not end in _total',
      );
      const { collect } = options;
      const gauge = new Gauge({
        ...settingsOf(options),
        ...(collect === undefined
          ? {}
          : {
              async collect() {
                await collect(gauge);
              },
            }),
      });
      for (const labels of combinations(options.labels)) gauge.set(labels, 0);
      return gauge;
    },
    histogram(options) {
      requireName(
        !options.name.endsWith('_total'),
        options.name,
        'not end in _total',
      );
      const histogram = new Histogram({
        ...settingsOf(options),
        buckets: [...options.buckets],
      });
      for (const labels of combinations(options.labels)) histogram.zero(labels);
      return histogram;
    },
    bulkHistogram(options) {
      requireName(
        !options.name.endsWith('_total'),
        options.name,
        'not end in _total',
      );
      const histogram = new BulkHistogram({
        ...settingsOf(options),
        buckets: options.buckets,
      });
      for (const labels of combinations(options.labels))
        histogram.observeAll(labels, []);
      registry.registerMetric(asMetric(histogram));
      return histogram;
    },
  };
}

function requireName(holds: boolean, name: string, rule: string): void {
  if (!holds || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new TypeError(
      `The metric name ${name} must be lower case with underscores and ${rule}.`,
    );
  }
}

function labelNamesOf<Label extends string>(
  labels: LabelValues<Label> | undefined,
): Label[] {
  return labels === undefined ? [] : entriesOf(labels).map(([name]) => name);
}

/** Every combination of label values; a single empty one without labels. */
function combinations<Label extends string>(
  labels: LabelValues<Label> | undefined,
): Partial<Record<Label, string>>[] {
  let all: Partial<Record<Label, string>>[] = [{}];
  if (labels === undefined) return all;
  for (const [name, values] of entriesOf(labels)) {
    all = all.flatMap(chosen =>
      values.map(value => ({ ...chosen, [name]: value })),
    );
  }
  return all;
}

function entriesOf<Label extends string>(
  labels: LabelValues<Label>,
): [Label, readonly string[]][] {
  const names: Label[] = [];
  for (const name in labels) names.push(name);
  return names.map(name => [name, labels[name]]);
}
