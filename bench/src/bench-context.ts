import type { StackOptions } from '@homelab/tools';
import type { Figure } from './figures.ts';

/** What a measurement is given. The servers run, with Kafka topics and tables made and empty. */
export interface BenchContext {
  readonly stack: StackOptions;
  /** How often each measurement is repeated. */
  readonly rounds: number;
  /** How long the soak lasts. */
  readonly minutes: number;
  /** Measure the rival program beside ours. */
  readonly peer: boolean;
  /** Tells a person what is under way. */
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Measures something, and the most that could be reached beside it in the same run. */
export type Bench = (context: BenchContext) => Promise<Figure[]>;
