/** What one poll saw of a partition and a group that reads it. */
export interface Sample {
  readonly atMs: number;
  /** Null when nothing is committed or it could not be read. */
  readonly committed: bigint | null;
  /** Where readers end; null when it could not be read. */
  readonly end: bigint | null;
}

/** A poll at which the committed offset was another one than before. */
export interface Movement {
  readonly offset: bigint;
  readonly atMs: number;
}

/** Burrow judges by the last ten commits; a poll sees a commit only when the offset moved. */
const maxMovements = 10;

/** The recent past of one partition and one group. */
export class PartitionWindow {
  private recent: Sample[] = [];
  private moved: Movement[] = [];

  constructor(
    private readonly options: {
      /** Fewest samples kept. */
      readonly minSamples: number;
      /** Samples younger than this are kept. */
      readonly spanMs: number;
    },
  ) {}

  /** Notes what a poll saw; one that is not newer is ignored. */
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

  /** The first is the first sight of the offset, the others are moves. */
  get movements(): readonly Movement[] {
    return this.moved;
  }

  /** When the committed offset last moved; undefined when it was not seen to. */
  get movedAtMs(): number | undefined {
    return this.moved.length > 1 ? this.moved.at(-1)?.atMs : undefined;
  }
}
