/** One poll of a partition and a group that reads it. */
export interface Sample {
  readonly atMs: number;
  /** Null when there is no commit or it could not be read. */
  readonly committed: bigint | null;
  /** The end offset for readers; null when it could not be read. */
  readonly end: bigint | null;
}

/** A poll with another committed offset than the poll before. */
export interface Movement {
  readonly offset: bigint;
  readonly atMs: number;
}

/** Burrow judges the last ten commits; a poll sees a commit only when the offset moved. */
const maxMovements = 10;

/** The recent polls of one partition and one group. */
export class PartitionWindow {
  private recent: Sample[] = [];
  private moved: Movement[] = [];

  constructor(
    private readonly options: {
      /** The number of samples that are always kept. */
      readonly minSamples: number;
      /** Younger samples are always kept. */
      readonly spanMs: number;
    },
  ) {}

  /** Adds a poll; ignored unless it is newer. */
  observe(sample: Sample): void {
    const last = this.recent.at(-1);
    if (last && sample.atMs <= last.atMs) return;
    this.recent.push(sample);
    const { minSamples, spanMs } = this.options;
    const cut = this.recent.findIndex(
      ({ atMs }) => atMs >= sample.atMs - spanMs,
    );
    const keepFrom = Math.min(cut, this.recent.length - minSamples);
    if (keepFrom > 0) this.recent = this.recent.slice(keepFrom);
    const { committed, atMs } = sample;
    if (committed !== null && committed !== this.moved.at(-1)?.offset)
      this.moved = [...this.moved, { offset: committed, atMs }].slice(
        -maxMovements,
      );
  }

  get samples(): readonly Sample[] {
    return this.recent;
  }

  /** The first is where the offset was first seen, the others are moves. */
  get movements(): readonly Movement[] {
    return this.moved;
  }

  /** When the committed offset last moved; undefined when it has not, as far as observed. */
  get movedAtMs(): number | undefined {
    return this.moved.length > 1 ? this.moved.at(-1)?.atMs : undefined;
  }
}
