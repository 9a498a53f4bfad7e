import type { KafkaAdmin, KafkaClient, KafkaError } from '@homelab/kafka';
import type { Letter } from './letter.ts';
import type { LetterFilter, LetterPlace } from './letter-filter.ts';
import type { LetterFormat } from './letter-format.ts';
import type { RedrivePlaces } from './redrive-places.ts';

export interface RedriveOptions {
  readonly kafka: Pick<KafkaClient, 'read' | 'transactionalProducer'>;
  /** Started. */
  readonly admin: Pick<KafkaAdmin, 'topicOffsets'>;
  /** The dead-letter topic. */
  readonly topic: string;
  readonly format: LetterFormat;
  readonly places: RedrivePlaces;
  readonly filter?: LetterFilter;
  /**
   * For each partition the offset before which letters are selected, so that a redrive
   * sends what a dry run saw; when absent, every letter present now.
   */
  readonly through?: readonly LetterPlace[];
  /** Reports what would be sent without sending it. */
  readonly dryRun?: boolean;
  /** Letters redriven before this time are sent again; none when absent. */
  readonly againBeforeMs?: number;
  /** Most letters to send. */
  readonly limit?: number;
  /** Letters per second; unlimited when absent. */
  readonly ratePerSecond?: number;
  /** Who requested it, for the start note. */
  readonly by: string;
  /**
   * The id of an earlier attempt to resume: what it sent counts as sent by this one and
   * is never sent again. A new id when absent.
   */
  readonly redriveId?: string;
  /** Ends it after the current transaction. */
  readonly signal?: AbortSignal;
  /** Called for each letter that was sent or, in a dry run, would be. */
  readonly onLetter?: (letter: Letter, target: string) => void;
  /** Called regularly, and at the end, with the progress. */
  readonly onProgress?: (progress: RedriveProgress) => void;
  readonly now?: () => number;
}

/** The progress of a redrive. */
export interface RedriveProgress {
  /** Letters sent by all attempts, by target Kafka topic. */
  readonly sent: ReadonlyMap<string, number>;
  /** Letters skipped because another redrive had already sent them. */
  readonly redrivenBefore: number;
  /** Letters whose origin is not a Kafka topic that a redrive may write to. */
  readonly originUnknown: number;
}

/** What a redrive did or, in a dry run, would do. */
export interface RedriveOutcome extends RedriveProgress {
  readonly redriveId: string;
  readonly begunAtMs: number;
  readonly end: 'complete' | 'limit' | 'interrupted' | 'failed';
  /** Why it failed; what was sent before stays sent and is noted. */
  readonly failure?: KafkaError;
}

/** The options with defaults filled in. */
export type RedriveContext = RedriveOptions & {
  readonly redriveId: string;
  readonly now: () => number;
};
