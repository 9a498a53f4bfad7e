import type { StackOptions } from '@homelab/tools';
import type { Figure } from './figures.ts';

/** The context of a measurement. The servers are running, with empty Kafka topics and tables. */
export interface BenchContext {
  readonly stack: StackOptions;
  /** How often each measurement is repeated. */
  readonly rounds: number;
  /** How long the soak lasts. */
  readonly minutes: number;
  /** Also measure the rival program. */
  readonly peer: boolean;
  /** Reports progress to a person. */
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Measures something, and its ceiling in the same run. */
export type Bench = (context: BenchContext) => Promise<Figure[]>;
